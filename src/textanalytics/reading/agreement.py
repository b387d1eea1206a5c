"""How often a reader and people agree, with how far that can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Of the bins of confidence, wide where few readings are."""
Z = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `asked`; `low` and `high` bound the true share with 95 % (Wilson 1927)."""

    right: int
    asked: int

    @property
    def share(self) -> float | None:
        return self.right / self.asked if self.asked else None

    @property
    def wrong(self) -> int:
        return self.asked - self.right

    @property
    def low(self) -> float:
        return self._bound(-1)

    @property
    def high(self) -> float:
        return self._bound(1)

    def _bound(self, side: int) -> float:
        n = self.asked
        if not n:
            return 0.0 if side < 0 else 1.0
        p = self.right / n
        middle = p + Z * Z / (2 * n)
        return (middle + side * Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))) / (1 + Z * Z / n)


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement: what the reader said and how sure (0 to 1), and what a person says."""

    said: str
    true: str
    sure: float

    @property
    def right(self) -> bool:
        return self.said == self.true


@dataclass(frozen=True, slots=True)
class Bin:
    """Judgements about as sure: `sure` is their mean confidence."""

    low: float
    high: float
    sure: float
    share: Share


@dataclass(frozen=True, slots=True)
class OfClass:
    """`precision`: of those read as it, so many are it; `recall`: of those that are it, so many were read as it."""

    name: str
    precision: Share
    recall: Share


def share(judged: Iterable[Judged]) -> Share:
    """
    >>> share([Judged("a", "a", 0.9), Judged("a", "b", 0.6)])
    Share(right=1, asked=2)
    """
    rights = [one.right for one in judged]
    return Share(sum(rights), len(rights))


def classes(judged: Sequence[Judged]) -> list[OfClass]:
    """Those that people or the reader used, the most common first."""
    names = {one.true for one in judged} | {one.said for one in judged}
    found = [
        OfClass(
            name,
            share(one for one in judged if one.said == name),
            share(one for one in judged if one.true == name),
        )
        for name in names
    ]
    return sorted(found, key=lambda one: (-one.recall.asked, one.name))


def bins(judged: Sequence[Judged]) -> list[Bin]:
    """Those that hold any."""
    found = []
    for low, high in zip(EDGES, EDGES[1:], strict=False):
        mine = [one for one in judged if low <= one.sure < high or (high == 1.0 and one.sure >= high)]
        if mine:
            found.append(Bin(low, high, sum(one.sure for one in mine) / len(mine), share(mine)))
    return found


def gap(judged: Sequence[Judged]) -> float | None:
    """Expected calibration error over the bins: how far confidence and being right lie apart, on the mean."""
    if not judged:
        return None
    parts = [abs(one.sure - (one.share.share or 0.0)) * one.share.asked for one in bins(judged)]
    return sum(parts) / len(judged)
