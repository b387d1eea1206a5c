"""Which doubtful readings teach most: those the reader is least sure of, where many messages say the like."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import Any

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.models import Message
from pivotpoint.listening.doubt import ABSTAINS
from pivotpoint.listening.models import Reading
from pivotpoint.listening.review import asked_about, doubtful

POOL = 400
"""The most doubtful are looked at; beyond them doubt decides alone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message, the judgement that is asked about, how sure the reader was of it, and how many say the like."""

    message: Message
    field: str
    sure: float
    alike: int


def said_as(reading: Reading, field: str) -> str:
    """The value as a correction writes it."""
    value = getattr(reading, field)
    return str(value).lower() if isinstance(value, bool) else str(value)


def queue(who: Any, limit: int = 1) -> list[Asked]:
    """At most `limit`, what teaches most first, each theme once before any comes again; two queries."""
    found = _ranked(who)[:limit]
    rows = Message.objects.visible_to(who).select_related("reading", "channel", "customer")
    messages = rows.in_bulk([pk for pk, *_ in found])
    return [Asked(messages[pk], field, sure, alike) for pk, field, sure, alike in found if pk in messages]


def _ranked(who: Any) -> list[tuple[int, str, float, int]]:
    """(message, field, sure, alike); a judgement counts doubt times the logarithm of those who say the like."""
    moods = Installation.here().reads_mood
    theme = "message__membership__cluster__theme"
    pool = doubtful(who).values_list("pk", "confidence", theme, f"{theme}__messages")[:POOL]
    scored = []
    for pk, confidence, of, messages in pool:
        field, sure = asked_about(confidence, moods=moods)
        if 1 - sure >= ABSTAINS:
            alike = max((messages or 1) - 1, 0)
            scored.append(((1 - sure) * log2(2 + alike), of, (pk, field, sure, alike)))
    scored.sort(key=lambda one: (-one[0], one[2][0]))
    seen: dict[Any, int] = {}
    turns = []
    for score, of, row in scored:
        turn = seen.get(of, 0) if of is not None else 0
        seen[of] = turn + 1
        turns.append((turn, -score, row))
    return [row for *_, row in sorted(turns)]
