"""Help to choose a similarity threshold: the insights that a meaning just catches, and those that it just misses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pivotpoint.insights.models import Insight
from pivotpoint.pivot.conditions.asked import Meanings, asked
from pivotpoint.pivot.conditions.clause import Clause, leaves

EACH = 3
"""Insights shown on either side."""


@dataclass(frozen=True)
class Like:
    insight: Insight
    percent: float


@dataclass(frozen=True)
class Near:
    """For one meaning: its place among the rules, and the insights on both sides of its threshold, nearest first."""

    rule: int
    sentences: list[str]
    likeness: float
    caught: list[Like]
    missed: list[Like]


def nearness(rules: Sequence[Clause], meanings: Meanings) -> list[Near]:
    """One for each meaning in the rules, in order."""
    found = []
    for number, rule in enumerate(rules, 1):
        for one in (each for each in leaves(rule.conditions) if each["field"] == "meaning"):
            wants = asked(one, meanings)
            ids, percent = meanings.of(tuple(wants.values))
            order = np.argsort(percent, kind="stable")
            first = int(np.searchsorted(percent[order], wants.likeness))
            above = [(int(ids[i]), float(percent[i])) for i in order[first : first + EACH]]
            below = [(int(ids[i]), float(percent[i])) for i in order[max(0, first - EACH) : first][::-1]]
            found.append((number, wants, above, below))
    rows = Insight.objects.select_related("theme").in_bulk(
        {pk for *_, above, below in found for pk, _ in above + below}
    )
    return [
        Near(
            number,
            list(wants.values),
            wants.likeness,
            [Like(rows[pk], percent) for pk, percent in above],
            [Like(rows[pk], percent) for pk, percent in below],
        )
        for number, wants, above, below in found
    ]
