"""What a reading may be corrected to, as one list for a page."""

from __future__ import annotations

CORRECTIONS: dict[str, list[tuple[str, str]]] = {
    "Mood": [("mood=negative", "upset"), ("mood=neutral", "neutral"), ("mood=positive", "pleased")],
    "Intent": [
        ("intent=complaint", "a complaint"),
        ("intent=request", "a request"),
        ("intent=question", "a question"),
        ("intent=praise", "praise"),
        ("intent=other", "something else"),
    ],
    "About us": [("about_us=no", "not about us"), ("about_us=yes", "about us")],
    "Actionable": [("actionable=yes", "somebody can act on it"), ("actionable=no", "nobody can act on it")],
    "Function": [
        ("function=service", "Service"),
        ("function=sales", "Sales"),
        ("function=marketing", "Marketing"),
        ("function=product", "Product"),
        ("function=finance", "Finance"),
        ("function=supply", "Supply chain"),
    ],
}
"""Group → (field=value, words)."""


def parted(chosen: str) -> tuple[str, str]:
    """ "mood=negative" → the field and the value; the verb refuses what is unknown."""
    field, _, value = chosen.partition("=")
    return field, value
