"""People's judgements in the form in which a reader learns them."""

from __future__ import annotations

from dataclasses import dataclass

from pivotpoint.listening.models import Correction, RelevanceExample
from pivotpoint.listening.models.correction import INSTEAD, YES
from textanalytics.base import FUNCTIONS
from textanalytics.reading import reading

AT_MOST = 5_000
"""Judgements that a reader learns from, the latest ones: enough for years, and bounded."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A person's judgement as the reader learns it; `pk` is its row, none for a sentence that was given as an example."""

    pk: int | None
    taught: reading.Correction


def lessons_until(last: int) -> list[Lesson]:
    """The latest valid judgements, oldest first; of several on one message and field the last counts."""
    rows = Correction.objects.filter(undone_at=None, pk__lte=last).order_by("-pk")
    told = rows.values_list("pk", "message", "message__text", "field", "value")[:AT_MOST]
    latest: dict[tuple[int, str], Lesson] = {}
    for pk, message, text, field, value in told:
        if teachable(field, value):
            latest.setdefault((message, field), Lesson(pk, _lesson(text, field, value)))
    return list(reversed(latest.values()))


def examples_until(last: int) -> list[reading.Example]:
    """The example sentences in use, oldest first."""
    rows = RelevanceExample.objects.standing().filter(pk__lte=last).order_by("pk")
    return [reading.Example(text, about) for text, about in rows.values_list("text", "about")]


def teachable(field: str, value: str) -> bool:
    """Whether a reader can learn the value: an organisation's own functions are stored, but the shipped reader does
    not know them."""
    return field != "function" or value in ("", *FUNCTIONS)


def _lesson(text: str, field: str, value: str) -> reading.Correction:
    if field == "about_us" and value in INSTEAD:
        return reading.Correction(text, "reason", value)
    return reading.Correction(text, field, value == YES if field in ("about_us", "actionable") else value)
