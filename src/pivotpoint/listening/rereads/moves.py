"""What would move: judgements that differ, and what later stages make of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from pivotpoint.listening.models import CandidateReading, Reread, Tag

JUDGEMENTS = ("about_us", "actionable", "function", "intent", "mood", "language")
PAIRS, EXAMPLES = 6, 3
Part = Callable[[Reread], Any]
_parts: dict[str, Part] = {}


def reports(name: str) -> Callable[[Part], Part]:
    """A later stage's part of the report: `part(run)` gives what JSON can hold, in a bounded number of queries."""

    def add(part: Part) -> Part:
        _parts[name] = part
        return part

    return add


def changed(run: Reread, *fields: str) -> QuerySet[CandidateReading]:
    """Candidates that say something else than the reading, in any of these fields."""
    differs = Q()
    for field in fields:
        differs |= ~Q(**{field: F(f"message__reading__{field}")})
    return CandidateReading.objects.filter(differs, run=run, message__reading__isnull=False)


def moves(run: Reread) -> dict[str, Any]:
    """Of each judgement how many messages move, most of all from what to what; then the parts of later stages."""
    found: dict[str, Any] = {
        "messages": CandidateReading.objects.filter(run=run).count(),
        "changed": changed(run, *JUDGEMENTS).count(),
        "judgements": {field: _of(run, field) for field in JUDGEMENTS},
        "classes": _classes(run) if run.taggers else [],
    }
    return found | {name: part(run) for name, part in _parts.items()}


def _classes(run: Reread) -> list[dict[str, int]]:
    """Of each of the organisation's own classes how many messages have it now and then. What people said stays."""
    rows = Tag.objects.filter(of__taxonomy__closed_at=None).order_by()
    now = dict(rows.values_list("of").annotate(count=Count("pk")))
    said = set(rows.exclude(by=None).values_list("message", "of"))
    then = Counter(of for _, of in said)
    read = CandidateReading.objects.filter(run=run).exclude(tags=[]).values_list("message", "tags")
    for message, tags in read.iterator(chunk_size=5_000):
        then.update(tag[0] for tag in tags if (message, tag[0]) not in said)
    return [{"class": pk, "now": now.get(pk, 0), "then": then[pk]} for pk in sorted({*now, *then})]


def _of(run: Reread, field: str) -> dict[str, Any]:
    was = f"message__reading__{field}"
    rows = changed(run, field).order_by().values_list(was, field).annotate(count=Count("pk"))
    pairs = list(rows.order_by("-count", was, field)[:PAIRS])
    return {
        "changed": changed(run, field).count(),
        "pairs": [{"from": before, "to": after, "messages": count} for before, after, count in pairs],
    }


def examples(run: Reread, field: str, pair: Mapping[str, Any], who: Any) -> list[str]:
    """The latest messages that move from one value to the other: they say whether that is better. One query; none for whoever
    may not read messages, and none once the readings have been exchanged."""
    if run.state != Reread.State.READ or not who.may("customer.view"):
        return []
    moved = changed(run, field).filter(**{f"message__reading__{field}": pair["from"], field: pair["to"]})
    return list(moved.order_by("-message").values_list("message__text", flat=True)[:EXAMPLES])
