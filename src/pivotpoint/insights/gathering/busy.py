"""Whether more messages are coming in. Work that costs the same for one message as for a thousand then waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from pivotpoint.channels.models import ImportRun, Message
from pivotpoint.lib import clock
from pivotpoint.lib.prepared import Prepared
from pivotpoint.listening.models import Reading

MANY = 500
OPEN = (ImportRun.State.QUEUED, ImportRun.State.RUNNING)
STALLED = timedelta(minutes=10)
"""An import that has not moved for so long, because its file is gone or its disk full, holds nobody up."""


def is_importing() -> bool:
    """A file is on its way in."""
    return bool(_moving(clock.now() - STALLED))


@Prepared
def _moving(since: datetime) -> QuerySet[ImportRun, tuple[int]]:
    moves = Q(heartbeat_at__gte=since) | Q(heartbeat_at=None, started_at__gte=since)
    return ImportRun.objects.filter(moves, state__in=OPEN, dry_run=False).values_list("pk")[:1]


def is_busy() -> bool:
    """An import is under way, or messages of one wait to be read or gathered, or many of any origin.

    An import counts until its last message is in a theme, so that it makes no difference whether its rows were taken in
    long before they were gathered or just then.
    """
    if is_importing():
        return True
    waiting = [*_unread(), *_ungathered()]
    return len(waiting) >= MANY or any(run is not None for (run,) in waiting)


@Prepared
def _unread() -> QuerySet[Message, tuple[int | None]]:
    return Message.objects.unread().order_by("pk").values_list("import_run")[:MANY]


@Prepared
def _ungathered() -> QuerySet[Reading, tuple[int | None]]:
    return Reading.objects.filter(gathered_at=None).order_by("pk").values_list("message__import_run")[:MANY]
