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

ALL, MOST, SOME = 0.9, 0.5, 0.2
"""Shares from which on one kind is all of it or most of it, and several kinds are named side by side."""


def kinds(counts: Mapping[str, int]) -> str:
    """`counts` has messages (or people) by intent. In words and without figures: each single reading may be wrong, and
    which kinds are common hardly ever is. "" where nothing was counted.

    >>> kinds({"complaint": 76, "request": 14, "other": 10})
    'mostly complaints'
    >>> kinds({"complaint": 37, "other": 23, "request": 22, "question": 18})
    'complaints, remarks and requests'
    """
    total = sum(counts.values())
    ranked = sorted(NAMES, key=lambda intent: -counts.get(intent, 0))
    if not total:
        return ""
    foremost = counts.get(ranked[0], 0) / total
    if foremost >= MOST:
        return NAMES[ranked[0]] if foremost >= ALL else f"mostly {NAMES[ranked[0]]}"
    common = [NAMES[intent] for intent in ranked if counts.get(intent, 0) >= SOME * total]
    return " and ".join([", ".join(common[:-1]), common[-1]] if len(common) > 1 else common)
