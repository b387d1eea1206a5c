"""Whether two sets of messages are one: the nearest neighbours of each are as often of the other as chance has it, then.

The two-sample test of Schilling (1986, Multivariate Two-Sample Tests Based on Nearest Neighbors), as a ratio.
"""

from __future__ import annotations

import numpy as np

from textanalytics.base import FloatArray
from textanalytics.grouping.graph import greatest

ASKED = 150
"""Messages of each that are asked, evenly spread."""

NEIGHBOURS = 5


def mixing(ours: FloatArray, theirs: FloatArray) -> float:
    """The lesser of how much either runs into the other: 0 where the two lie apart, 1 where they lie as if they were one. Unit
    rows, of two or more messages each.

    >>> turns = np.linspace(0, 6, 12)
    >>> rows = np.stack([np.cos(turns), np.sin(turns)], 1).astype(np.float32)
    >>> mixing(rows[:6], rows[6:]) < 0.5 < mixing(rows[::2], rows[1::2])
    True
    """
    ours, theirs = _some(ours), _some(theirs)
    rows = np.concatenate([ours, theirs])
    near = rows @ rows.T
    np.fill_diagonal(near, -2)
    count = min(NEIGHBOURS, len(ours) - 1, len(theirs) - 1)
    nearest = greatest(near, count)
    of_theirs, all_others = nearest >= len(ours), len(rows) - 1
    from_ours = float(of_theirs[: len(ours)].mean()) * all_others / len(theirs)
    from_theirs = float((~of_theirs[len(ours) :]).mean()) * all_others / len(ours)
    return min(from_ours, from_theirs)


def _some(rows: FloatArray) -> FloatArray:
    return rows[:: -(-len(rows) // ASKED)]
