from pivotpoint.journal.models.event import Dispatch, Event

__all__ = ["Dispatch", "Event"]
