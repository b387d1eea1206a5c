"""What would move: judgements that differ, and what later stages make of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from pivotpoint.listening.models import CandidateReading, Reread

JUDGEMENTS = ("about_us", "actionable", "function", "intent", "mood", "language")
PAIRS = 6
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
    }
    return found | {name: part(run) for name, part in _parts.items()}


def _of(run: Reread, field: str) -> dict[str, Any]:
    was = f"message__reading__{field}"
    rows = changed(run, field).order_by().values_list(was, field).annotate(count=Count("pk"))
    pairs = list(rows.order_by("-count", was, field)[:PAIRS])
    return {
        "changed": changed(run, field).count(),
        "pairs": [{"from": before, "to": after, "messages": count} for before, after, count in pairs],
    }
