"""Where messages are. Each place is counted from its own stage's rows, so that a message lost by a stage is
noticed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from pivotpoint.channels.models import Message
from pivotpoint.pivot.attach import standing_for
from pivotpoint.pivot.models import Loop


def count(since: datetime | None = None) -> dict[str, int]:
    """Messages per place. The first place in this order that holds a message is its place:

    quarantined, not about us (as read, or as a person said of its theme), in an open loop, in a closed loop, answered in person, waiting.
    """
    heard = Message.objects.heard()
    if since is not None:
        heard = heard.filter(received_at__gte=since)
    first, *others = [_tally(key, messages) for key, messages in _places(heard)]
    rows: Any = first.union(*others, all=True)
    counts: Counter[str] = Counter()
    for key, messages, answered in rows.values_list("key", "messages", "answered"):
        line, _, way = key.partition(":")
        if way:
            counts["answered"] += answered
            messages -= answered
        if way == "unread":
            counts["unread"] += messages
        counts[line] += messages
    return dict(counts)


def _tally(key: str, messages: QuerySet[Message]) -> QuerySet[Message, Any]:
    """One row: the place, its messages, and how many of them are in a conversation that somebody has answered."""
    answered = Q(conversation__answered_at__isnull=False) if ":" in key else Q(pk=None)
    rows = messages.order_by().values(key=Value(key))
    return rows.annotate(messages=Count("pk"), answered=Count("pk", filter=answered))


def _places(heard: QuerySet[Message]) -> list[tuple[str, QuerySet[Message]]]:
    """Each place with its messages. `waiting:…` are the four ways of waiting, each from the rows that say so.

    What waits and was answered in person goes to that line.
    """
    kept = heard.filter(quarantined="")
    ours = kept.filter(reading__about_us=True)
    themed = ours.filter(membership__isnull=False)
    foreign = Q(membership__cluster__theme__about_us=False)
    in_open, in_any = _in(Loop.objects.open()), _in(Loop.objects.all())
    return [
        ("received", heard),
        ("quarantined", heard.exclude(quarantined="")),
        ("not_about_us", kept.filter(reading__about_us=False)),
        ("not_about_us", themed.filter(foreign).exclude(in_any)),
        ("open_loop", themed.filter(in_open)),
        ("closed_loop", themed.filter(in_any).exclude(in_open)),
        ("waiting:unread", kept.filter(reading=None, read_at=None)),
        ("waiting:ungathered", ours.filter(membership=None, reading__gathered_at=None)),
        ("waiting:apart", ours.filter(membership=None, reading__gathered_at__isnull=False)),
        ("waiting:theme", themed.exclude(in_any).exclude(foreign)),
    ]


def _in(loops: QuerySet[Loop]) -> Q:
    """In a theme whose insight one of these loops stands for. Loops and clusters follow a merged theme to the surviving one."""
    return Q(membership__cluster__theme__in=standing_for(loops))
