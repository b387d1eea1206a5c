"""What a reading may be corrected to, as one list for a page."""

from __future__ import annotations

from pivotpoint.accounts.models import Installation

CORRECTIONS: dict[str, list[tuple[str, str]]] = {
    "Mood": [("mood=negative", "upset"), ("mood=neutral", "neutral"), ("mood=positive", "pleased")],
    "Intent": [
        ("intent=complaint", "a complaint"),
        ("intent=request", "a request"),
        ("intent=question", "a question"),
        ("intent=praise", "praise"),
        ("intent=churn threat", "a threat to leave"),
        ("intent=crisis", "a crisis"),
        ("intent=other", "something else"),
    ],
    "About us": [
        ("about_us=false", "not about us"),
        ("about_us=rival", "about a rival"),
        ("about_us=trade", "about the trade"),
        ("about_us=true", "about us"),
    ],
    "To act on": [
        ("actionable=true", "somebody can act on it"),
        ("actionable=false", "nobody can act on it"),
    ],
    "Function": [
        ("function=service", "Service"),
        ("function=sales", "Sales"),
        ("function=marketing", "Marketing"),
        ("function=product", "Product"),
        ("function=finance", "Finance"),
        ("function=supply", "Operations"),
        ("function=", "nobody’s yet"),
    ],
}
"""Group → (field=value, words)."""


def corrections(here: Installation) -> dict[str, list[tuple[str, str]]]:
    """Those that pages offer: without moods where the organisation does not read them."""
    return {group: options for group, options in CORRECTIONS.items() if here.reads_mood or group != "Mood"}


def parted(chosen: str) -> tuple[str, str]:
    """ "mood=negative" → the field and the value; the verb refuses what is unknown."""
    field, _, value = chosen.partition("=")
    return field, value
