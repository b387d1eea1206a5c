"""Which doubtful readings teach most: those the reader is least sure of, where many messages say the like."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from math import log2
from typing import Any

from django.db.models import Count

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.models import Message
from pivotpoint.lib import clock
from pivotpoint.listening.correcting.review import asked_about, doubtful
from pivotpoint.listening.doubt import ABSTAINS
from pivotpoint.listening.models import Correction, Reading

POOL = 400
"""The most doubtful are looked at; beyond them doubt decides alone."""
LATELY = timedelta(days=1)
"""A theme of which people judged a message since then waits until the others have had their turn."""
THEME = "message__membership__cluster__theme"


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
    """At most `limit`, what teaches most first, each theme once before any comes again; four queries."""
    found = _ranked(who)[:limit]
    rows = Message.objects.visible_to(who).select_related("reading", "channel", "customer")
    messages = rows.in_bulk([pk for pk, *_ in found])
    return [Asked(messages[pk], field, sure, alike) for pk, field, sure, alike in found if pk in messages]


def _ranked(who: Any) -> list[tuple[int, str, float, int]]:
    """(message, field, sure, alike); a judgement counts doubt times the logarithm of those who say the like."""
    scored = _scored(who)
    turns = _judged_lately({of for _, of, _ in scored if of is not None})
    ranked = []
    for score, of, row in scored:
        turn = turns.get(of, 0) if of is not None else 0
        turns[of] = turn + 1
        ranked.append((turn, -score, row))
    return [row for *_, row in sorted(ranked)]


def _scored(who: Any) -> list[tuple[float, int | None, tuple[int, str, float, int]]]:
    """(score, theme, what is asked), the highest score first. Replies and what no word holds together are alike in
    nothing that one answer could teach."""
    moods = Installation.here().reads_mood
    sizes = (f"{THEME}__{name}" for name in ("messages", "vague", "mixed"))
    pool = doubtful(who).values_list("pk", "confidence", THEME, *sizes)[:POOL]
    scored = []
    for pk, confidence, of, messages, vague, mixed in pool:
        field, sure = asked_about(confidence, moods=moods)
        if 1 - sure >= ABSTAINS:
            alike = 0 if vague or mixed else max((messages or 1) - 1, 0)
            scored.append(((1 - sure) * log2(2 + alike), of, (pk, field, sure, alike)))
    return sorted(scored, key=lambda one: (-one[0], one[2][0]))


def _judged_lately(themes: Collection[int]) -> dict[int | None, int]:
    """Of how many messages of each people have said something."""
    since = clock.now() - LATELY
    rows = Correction.objects.standing().filter(at__gte=since, **{f"{THEME}__in": themes})
    counted = rows.order_by().values_list(THEME).annotate(count=Count("message", distinct=True))
    return dict(counted.values_list(THEME, "count"))
