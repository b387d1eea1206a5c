"""What was read of many texts, in columns; and how a part of a text, or a person's verdict, is taken over into a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from textanalytics.base import MOODS, BoolArray, FloatArray, Span
from textanalytics.reading.corrections import Correction

HEARD = ("mood", "intent", "actionable", "function")
KEYS = ("language", "mood", "intent", "about_us", "actionable", "function")
LISTED = ("language", "mood", "intent", "reason", "function", "evidence")
ARRAYS = ("sentiment", "about_us", "actionable")


@dataclass(frozen=True)
class Readings:
    """Columns of equal length, one entry a text."""

    language: list[str]
    sentiment: FloatArray
    mood: list[str]
    intent: list[str]
    about_us: BoolArray
    reason: list[str]
    actionable: BoolArray
    function: list[str]
    confidence: dict[str, FloatArray]
    evidence: list[dict[str, list[Span]]]

    def __len__(self) -> int:
        return len(self.language)

    def row(self, i: int) -> dict[str, Any]:
        """One text's reading in plain Python values, ready for JSON."""
        return {
            "language": self.language[i],
            "sentiment": round(float(self.sentiment[i]), 4),
            "mood": self.mood[i],
            "intent": self.intent[i],
            "about_us": bool(self.about_us[i]),
            "reason": self.reason[i],
            "actionable": bool(self.actionable[i]),
            "function": self.function[i],
            "confidence": {name: round(float(column[i]), 4) for name, column in self.confidence.items()},
            "evidence": self.evidence[i],
        }

    def put(self, places: Sequence[int], others: Readings) -> None:
        """Take over the rows of `others`, in their order, at these places. Evidence that was left out stays out."""
        names = (*LISTED, *ARRAYS) if self.evidence else (*LISTED[:-1], *ARRAYS)
        columns: list[tuple[Any, Any]] = [(getattr(self, name), getattr(others, name)) for name in names]
        columns += [(self.confidence[key], others.confidence[key]) for key in KEYS]
        for own, other in columns:
            for row, i in enumerate(places):
                own[i] = other[row]


def join(parts: Sequence[Readings]) -> Readings:
    if len(parts) == 1:
        return parts[0]
    columns: dict[str, Any] = {name: [v for part in parts for v in getattr(part, name)] for name in LISTED}
    for name in ARRAYS:
        columns[name] = np.concatenate([getattr(part, name) for part in parts])
    columns["confidence"] = {key: np.concatenate([p.confidence[key] for p in parts]) for key in KEYS}
    return Readings(**columns)


def hear(readings: Readings, i: int, part: Readings, row: int, evidence: Mapping[str, list[Span]]) -> None:
    """What is wanted is what `part` wants in its row, a piece of the text or the same in plain words, by this
    evidence; whom it is about stays."""
    for name in ("sentiment", "mood", "intent", "actionable", "function"):
        getattr(readings, name)[i] = getattr(part, name)[row]
    for key in HEARD:
        readings.confidence[key][i] = part.confidence[key][row]
    readings.evidence[i].update(evidence)


def take_over(readings: Readings, i: int, correction: Correction, likeness: float) -> None:
    """Writes a person's verdict into row i and what follows from it."""
    field, value = correction.field, correction.value
    column = getattr(readings, field)
    column[i] = value
    if field == "mood":
        strength = max(abs(float(readings.sentiment[i])), 0.5)
        readings.sentiment[i] = {"negative": -strength, "neutral": 0.0, "positive": strength}[str(value)]
    elif field == "sentiment":
        readings.mood[i] = MOODS[1 + int(np.sign(float(value)) * (abs(float(value)) >= 0.05))]
    elif field == "reason":
        readings.about_us[i] = value == ""
    elif field == "about_us":
        readings.reason[i] = "" if value else readings.reason[i] or "elsewhere"
    if field in ("reason", "about_us") and not readings.about_us[i]:
        readings.actionable[i] = False
    shown = {"sentiment": "mood", "reason": "about_us"}.get(field, field)
    readings.confidence[shown][i] = likeness
