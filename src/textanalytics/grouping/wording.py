"""What a grouping by nearness put together is asked for words in common, and goes by its words where it has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray

Sort = Callable[[Sequence[str], IntArray, FloatArray, IntArray], IntArray]
"""(texts, labels from 0, unit rows, moods as 1, 0 and -1) → labels by words, new ones behind the old: `settling.settle`."""


@dataclass(frozen=True)
class Worded:
    """`sort` looks for the words; `kept` themes have theirs, and people know them by those: they are left as they are."""

    sort: Sort
    kept: Set[int] = frozenset()


@dataclass(frozen=True)
class Grouped:
    """(n,) each, of the micro-clusters that are grouped: a text of each, its unit row, messages, mood, whether a person holds it,
    its settled theme (-1 none), and the theme that its group would continue."""

    texts: Sequence[str]
    rows: FloatArray
    counts: IntArray
    moods: IntArray
    held: BoolArray
    old: IntArray
    named: IntArray


def by_words(groups: IntArray, of: Grouped, worded: Worded) -> IntArray:
    """(n,) groups; of those that mostly are a kept theme, and of those that a person holds some of, nothing is taken."""
    if not len(groups):
        return groups
    labels = np.unique(groups, return_inverse=True)[1].ravel()
    known = np.isin(of.named, list(worded.kept)) & (of.old == of.named)
    mostly = 2 * np.bincount(labels, of.counts * known) >= np.bincount(labels, of.counts)
    stays = mostly | (np.bincount(labels, of.held) > 0)
    found = worded.sort(of.texts, labels, of.rows, of.moods)
    return np.where(stays[labels], labels, found)
