"""Whether more is on its way in: then what costs the same for one message as for a thousand waits a little."""

from __future__ import annotations

from pivotpoint.channels.models import ImportRun, Message
from pivotpoint.listening.models import Reading

MANY = 500
OPEN = (ImportRun.State.QUEUED, ImportRun.State.RUNNING)


def is_importing() -> bool:
    """A file is on its way in."""
    return ImportRun.objects.filter(state__in=OPEN, dry_run=False).exists()


def is_busy() -> bool:
    """An import is under way, or messages of one wait to be read or gathered, or many of any origin.

    An import counts until its last message is in a theme, so that it makes no difference whether its rows were taken in
    long before they were gathered or just then.
    """
    if is_importing():
        return True
    unread = Message.objects.unread().order_by("pk").values_list("import_run")
    ungathered = Reading.objects.filter(gathered_at=None).order_by("pk").values_list("message__import_run")
    if any(run is not None for (run,) in [*ungathered[:1], *unread[:1]]):
        return True
    waiting = [*unread[:MANY], *ungathered[:MANY]]
    return len(waiting) >= MANY or any(run is not None for (run,) in waiting)
