"""Divide themes of which some praise what others blame: who praises and who complains do not say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from textanalytics.base import MOODS, IntArray
from textanalytics.grouping.moods import torn


def signs(moods: Sequence[str]) -> IntArray:
    """(n,) 1 for what praises, -1 for what blames, 0 for neither; `moods` as in `base.MOODS`.

    >>> signs(["negative", "neutral", "positive"]).tolist()
    [-1, 0, 1]
    """
    return np.array([MOODS.index(mood) for mood in moods], np.int64) - 1


def opposite(moods: Sequence[str] | None, members: IntArray) -> str:
    """The mood that most of these texts are not in; "" where they are in both, or nobody knows."""
    if moods is None:
        return ""
    felt = Counter(moods[i] for i in members.tolist())
    good, bad = felt["positive"], felt["negative"]
    return "negative" if good > 2 * bad else "positive" if bad > 2 * good else ""


def divided(labels: IntArray, moods: IntArray) -> IntArray:
    """(n,) labels, -1 as before; the smaller of two clear moods is a theme of its own, numbered behind the old ones.

    `moods`: 1 praises, -1 blames, 0 neither. What does neither stays with the larger side.
    """
    themed = labels >= 0
    if not themed.any():
        return labels
    sizes = np.bincount(labels[themed])
    praise, blame = (np.bincount(labels[themed & (moods == mood)], minlength=len(sizes)) for mood in (1, -1))
    found = labels.copy()
    for number, label in enumerate(np.flatnonzero(torn(sizes, praise, blame)).tolist(), start=len(sizes)):
        found[(labels == label) & (moods == (1 if praise[label] <= blame[label] else -1))] = number
    return found
