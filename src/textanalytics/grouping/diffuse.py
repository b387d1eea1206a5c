"""Groups of messages that are like nothing else in particular. A partition puts them together because it has a place for all."""

from __future__ import annotations

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.grouping.coherence import TOGETHER
from textanalytics.words.sparse import csr_matrix

ELSEWHERE = 0.1
"""How much more alike the members of a group must be whose neighbours are all elsewhere than one of which they are all inside."""
JUDGED = 8
"""Messages from which on a group is judged. A smaller one misleads few."""


def diffuse(
    groups: IntArray, rows: FloatArray, counts: IntArray, similar: csr_matrix, old: IntArray
) -> BoolArray:
    """(k,) whether each group, of numbers from 0, holds what is like nothing else: its members are hardly alike, and their
    neighbours are elsewhere. Never one of which most have a theme already (`old`, -1 none): what people know stays.

    `rows` are unit and `counts` the messages of each, `similar` is the graph of shared neighbours. Neither measure tells alone: the
    neighbours of a small, clear group are elsewhere, too, and members of a broad matter are hardly alike.
    """
    place = (groups, np.arange(len(groups)))
    sizes = np.bincount(groups, counts)
    sums = (csr_matrix((counts.astype(np.float64), place)) @ rows).astype(np.float64)
    alike = ((sums * sums).sum(1) - sizes) / np.maximum(sizes * (sizes - 1), 1)
    gather = csr_matrix((np.ones(len(groups)), place))
    edges = gather @ similar @ gather.T
    elsewhere = 1 - edges.diagonal() / np.maximum(np.asarray(edges.sum(1)).ravel(), 1e-9)
    known = np.bincount(groups, counts * (old >= 0)) * 2 > sizes
    return (sizes >= JUDGED) & ~known & (alike < TOGETHER + ELSEWHERE * elsewhere)
