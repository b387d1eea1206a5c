"""When the reader is not sure. Knows no database, so that any process may ask."""

from __future__ import annotations

from collections.abc import Mapping

ABSTAINS = 0.5
"""Doubt from which the reader has abstained: its least sure judgement is as likely wrong as right."""
DOUBTED = ("mood", "intent", "about_us", "actionable", "function")
"""Judgements that somebody acts upon."""


def doubt(confidence: Mapping[str, float | None]) -> float:
    """Of the least sure judgement that somebody acts upon; one of which nothing is known is sure."""
    return round(1 - min(1.0 if (sure := confidence.get(field)) is None else sure for field in DOUBTED), 3)
