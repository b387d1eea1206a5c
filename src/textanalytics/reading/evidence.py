"""The words that decided: the strongest pieces of each text, as spans into the text as it was given."""

from __future__ import annotations

import numpy as np

from textanalytics.base import FloatArray, IntArray, Span
from textanalytics.reading.intent import Choice
from textanalytics.reading.relevance import Relevance
from textanalytics.words.page import Array, Page

MOST = 4
SHARE = 0.35
"""A piece is shown when it gave at least this share of what the strongest piece of its text gave."""

FLOOR = 0.25


def strongest(page: Page, weight: Array, *, floor: float = FLOOR) -> list[list[Span] | None]:
    """At most MOST spans for each text, in reading order, None where nothing is strong; neighbours a blank apart are one
    span."""
    spans: list[list[Span] | None] = [None] * page.size
    shown = np.flatnonzero(weight > floor)
    if not len(shown):
        return spans
    begins, texts = _runs(page.text[shown])
    counts = np.diff(np.append(begins, len(shown)))
    most = np.maximum.reduceat(weight[shown], begins)
    shown = _few(page, weight, shown[weight[shown] >= SHARE * np.repeat(most, counts)])
    texts, starts, ends = page.text[shown], page.starts[shown], page.ends[shown]
    joins = (np.diff(shown) == 1) & (texts[1:] == texts[:-1]) & (starts[1:] - ends[:-1] <= 1)
    opens, closes = np.append(True, ~joins), np.append(~joins, True)
    found = list(zip(starts[opens].tolist(), ends[closes].tolist(), strict=True))
    begins, texts = _runs(texts[opens])
    bounds = [*begins.tolist(), len(found)]
    for text, start, end in zip(texts.tolist(), bounds, bounds[1:], strict=False):
        spans[text] = found[start:end]
    return spans


def _few(page: Page, weight: Array, pieces: IntArray) -> IntArray:
    """Without those beyond the MOST strongest of their text; of equals the first ones stay."""
    if len(pieces) <= MOST:
        return pieces
    begins, texts = _runs(page.text[pieces])
    counts = np.diff(np.append(begins, len(pieces)))
    many = np.flatnonzero(np.repeat(counts > MOST, counts))
    if not len(many):
        return pieces
    texts = page.text[pieces[many]]
    order = many[np.lexsort((many, -weight[pieces[many]], texts))]
    rank = np.arange(len(many)) - np.searchsorted(texts, texts)
    return np.delete(pieces, order[rank >= MOST])


def _runs(texts: IntArray) -> tuple[IntArray, IntArray]:
    """Where each text begins in an ordered column of text numbers, and its number."""
    begins = np.flatnonzero(np.append(True, texts[1:] != texts[:-1]))
    return begins, texts[begins]


def gather(
    page: Page,
    spoken: Array,
    choices: tuple[Choice, Choice, Choice],
    relevance: Relevance,
    valence: FloatArray,
) -> list[dict[str, list[Span]]]:
    """The deciding words of each field; what makes a message actionable is what it wants and of whom."""
    mood, intent, function = choices
    signs = np.array([-1.0, 0.0, 1.0])[mood.chosen][page.text]
    columns = {
        "language": strongest(page, spoken),
        "mood": strongest(page, mood.weight * np.abs(signs) + signs * valence),
        "intent": strongest(page, intent.weight),
        "about_us": strongest(page, relevance.weight),
        "function": strongest(page, function.weight),
    }
    for i, spans in relevance.named.items():
        if relevance.about_us[i]:
            columns["about_us"][i] = spans
    fall_back(columns, "intent", "mood")
    columns["actionable"] = list(columns["function"])
    fall_back(columns, "actionable", "intent")
    fall_back(columns, "about_us", "actionable")
    return [
        {field: spans or [] for field, spans in zip(columns, row, strict=True)}
        for row in zip(*columns.values(), strict=True)
    ]


def fall_back(columns: dict[str, list[list[Span] | None]], field: str, other: str) -> None:
    """Where no word of its own decided a field, what decided the other field decided this one too."""
    columns[field] = [own or others for own, others in zip(columns[field], columns[other], strict=True)]
