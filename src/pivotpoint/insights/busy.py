"""Whether more is on its way in: then what costs the same for one message as for a thousand waits a little."""

from __future__ import annotations

from pivotpoint.channels.models import ImportRun, Message
from pivotpoint.listening.models import Reading

MANY = 500
OPEN = (ImportRun.State.QUEUED, ImportRun.State.RUNNING)


def is_busy() -> bool:
    """An import is under way, or many messages wait to be read or gathered."""
    if ImportRun.objects.filter(state__in=OPEN, dry_run=False).exists():
        return True
    unread = Message.objects.unread().order_by("pk").values_list("pk")[:MANY]
    ungathered = Reading.objects.filter(gathered_at=None).order_by("pk").values_list("pk")[:MANY]
    return len(unread) + len(ungathered) >= MANY
