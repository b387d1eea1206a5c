"""Whether more is on its way in: then what costs the same for one message as for a thousand waits a little."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from pivotpoint.channels.models import ImportRun, Message
from pivotpoint.lib import clock
from pivotpoint.listening.models import Reading

MANY = 500
OPEN = (ImportRun.State.QUEUED, ImportRun.State.RUNNING)
STALLED = timedelta(minutes=10)
"""An import that has not moved for so long, because its file is gone or its disk full, holds nobody up."""


def is_importing() -> bool:
    """A file is on its way in."""
    since = clock.now() - STALLED
    moves = Q(heartbeat_at__gte=since) | Q(heartbeat_at=None, started_at__gte=since)
    return ImportRun.objects.filter(moves, state__in=OPEN, dry_run=False).exists()


def is_busy() -> bool:
    """An import is under way, or messages of one wait to be read or gathered, or many of any origin.

    An import counts until its last message is in a theme, so that it makes no difference whether its rows were taken in
    long before they were gathered or just then.
    """
    if is_importing():
        return True
    unread = Message.objects.unread().order_by("pk").values_list("import_run", flat=True)
    ungathered = Reading.objects.filter(gathered_at=None).order_by("pk")
    waiting = [*unread[:MANY], *ungathered.values_list("message__import_run", flat=True)[:MANY]]
    return len(waiting) >= MANY or any(run is not None for run in waiting)
