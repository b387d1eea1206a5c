"""Serialise what is shown of readings as the JSON that is stored. Writing it takes half as long as reading the
texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from textanalytics.reading.readings import Readings

DIGITS = 3
"""Behind the point, of a confidence."""


@dataclass(frozen=True)
class Written:
    """JSON texts, one of each kind for each message: the confidence of each judgement, and its evidence spans."""

    confidence: list[str]
    evidence: list[str]

    def put(self, places: Sequence[int], others: Written) -> None:
        """Take over those of `others`, in their order, at these places."""
        for row, i in enumerate(places):
            self.confidence[i], self.evidence[i] = others.confidence[row], others.evidence[row]


def written(readings: Readings) -> Written:
    """Judgements without a place in the text are left out of the evidence."""
    sure = sure_of(readings)
    rows = zip(*sure.values(), strict=True)
    write = json.JSONEncoder(separators=(",", ":")).encode
    return Written(
        [write(dict(zip(sure, row, strict=True))) for row in rows],
        [write({key: spans for key, spans in shown.items() if spans}) for shown in readings.evidence],
    )


def sure_of(readings: Readings) -> dict[str, list[float]]:
    """The confidence in each judgement as it is kept, text by text."""
    return {key: values.astype(float).round(DIGITS).tolist() for key, values in readings.confidence.items()}
