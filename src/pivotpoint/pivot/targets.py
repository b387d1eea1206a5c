"""When the next step is due: in the pivot's business hours, or in all hours if it has no calendar."""

from __future__ import annotations

from datetime import datetime

from pivotpoint.pivot import calendar, calendars
from pivotpoint.pivot.calendar import OpenHours
from pivotpoint.pivot.models import Pivot, Stage

VERDICT_HOURS = 30 * 24
"""So long the people who were told have to answer before the owner is asked to look at it. They keep no hours."""

_TARGETS = {
    Stage.HEARD: "pass_hours",
    Stage.HANDED_OVER: "accept_hours",
    Stage.ACCEPTED: "act_hours",
    Stage.CHANGING: "act_hours",
    Stage.DELIVERED: "tell_hours",
    Stage.DECLINED: "tell_hours",
}


def hours(pivot: Pivot, stage: str) -> int:
    """How long a loop may stay in this stage."""
    target = _TARGETS.get(Stage(stage))
    return getattr(pivot, target) if target else VERDICT_HOURS


def clock_for(pivot: Pivot, stage: str) -> OpenHours | None:
    """The calendar for this stage; None counts all hours."""
    return calendars.of(pivot) if Stage(stage) in _TARGETS else None


def due(pivot: Pivot, stage: str, since: datetime) -> datetime:
    """When a loop that came into `stage` at `since` has to leave it."""
    return calendar.due(since, hours(pivot, stage), clock_for(pivot, stage))
