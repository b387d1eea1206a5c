"""What the people behind a theme mostly do: complain, ask, praise. Pure, so that a printed ladder and a page say the same."""

from __future__ import annotations

from collections.abc import Mapping

NAMES = {
    "complaint": "complaints",
    "question": "questions",
    "request": "requests",
    "praise": "praise",
    "churn threat": "threats to leave",
    "crisis": "crises",
    "other": "remarks",
}
"""Each intent, as many of them are called; in the order in which equal ones are told."""

IDLE, HALF = ("praise", "other"), 0.5
"""What asks nothing of anybody; a theme of which so much is, asks nothing."""

ALL, MOST, TWO = 0.9, 0.5, 0.6
"""Shares from which on one kind is all of it or most of it, and two together are named."""


def kinds(counts: Mapping[str, int]) -> str:
    """`counts` has messages (or people) by intent. In words and without figures: each single reading may be wrong, and
    which kinds are common hardly ever is. "" where no two are common, or nothing was counted.

    >>> kinds({"complaint": 76, "request": 14, "other": 10})
    'mostly complaints'
    >>> kinds({"complaint": 43, "other": 7, "request": 22, "question": 28})
    'complaints and questions'
    """
    total = sum(counts.values())
    ranked = sorted(NAMES, key=lambda intent: -counts.get(intent, 0))
    if not total:
        return ""
    foremost = counts.get(ranked[0], 0) / total
    if foremost >= MOST:
        return NAMES[ranked[0]] if foremost >= ALL else f"mostly {NAMES[ranked[0]]}"
    two = ranked[:2]
    common = sum(counts.get(intent, 0) for intent in two) >= TWO * total
    return " and ".join(NAMES[intent] for intent in two) if common else ""


def is_idle(counts: Mapping[str, int]) -> bool:
    """Whether half or more of what was counted asks nothing of anybody."""
    return sum(counts.get(intent, 0) for intent in IDLE) >= HALF * max(sum(counts.values()), 1)
