"""What lies together within one theme: its messages looked at without what they all have in common."""

from __future__ import annotations

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.grouping.communities import louvain
from textanalytics.grouping.graph import counted, neighbours, shared
from textanalytics.words.blas import one_thread

RESOLUTION = 0.2
"""Of the communities. On BANKING77 and CLINC150 a theme of several classes falls into some five parts, which have .48 and .41 of mutual
information with the classes; with more, more parts and no more information."""

LEAST, SHARE = 8, 0.08
"""Messages of a part, and their share of the theme's; a smaller one goes to the nearest."""

ASKED = 2_000
"""Messages among which parts are looked for, evenly spread; each other goes to the nearest part."""


def parts(vectors: FloatArray) -> IntArray:
    """(n,) the part of each message from 0 up, the largest first; `vectors` (n, d) of the theme's messages.

    >>> turns = np.r_[np.linspace(0, 0.5, 30), np.linspace(3, 3.5, 20)]
    >>> np.bincount(parts(np.stack([np.cos(turns), np.sin(turns)], 1).astype(np.float32))).tolist()
    [30, 20]
    """
    rows = _unit(vectors - vectors.mean(0))
    if len(rows) < 2 * LEAST:
        return np.zeros(len(rows), np.int64)
    asked = np.arange(0, len(rows), -(-len(rows) // ASKED))
    with one_thread():
        graph = counted(shared(neighbours(rows[asked])), np.ones(len(asked), np.int64))
        groups = _enough(louvain(graph, RESOLUTION), rows[asked])
        found = _nearest(rows, _centres(groups, rows[asked]))
    found[asked] = groups
    order = np.argsort(-np.bincount(found), kind="stable")
    return np.argsort(order, kind="stable")[found]


def joined(vectors: FloatArray, groups: IntArray, new: FloatArray) -> IntArray:
    """(m,) the part to which each row of `new` (m, d) is nearest, of the parts `groups` (n,), from 0 up, of `vectors` (n, d).

    >>> rows = np.array([[1, 0.1], [1, 0], [0, 1], [0.1, 1]], np.float32)
    >>> joined(rows, np.array([0, 0, 1, 1]), np.array([[0.2, 0.9], [0.8, 0]], np.float32)).tolist()
    [1, 0]
    """
    middle = vectors.mean(0)
    return _nearest(_unit(new - middle), _centres(groups, _unit(vectors - middle)))


def _enough(groups: IntArray, rows: FloatArray) -> IntArray:
    """The groups, from 0 up, the smallest put into the nearest until each is large enough."""
    while True:
        groups = np.unique(groups, return_inverse=True)[1]
        sizes = np.bincount(groups)
        smallest = int(sizes.argmin())
        if len(sizes) == 1 or sizes[smallest] >= max(LEAST, SHARE * len(rows)):
            return groups
        centres = _centres(groups, rows)
        centres[smallest] = -centres[smallest]
        members = np.flatnonzero(groups == smallest)
        groups[members] = _nearest(rows[members], centres)


def _centres(groups: IntArray, rows: FloatArray) -> FloatArray:
    sums = np.zeros((int(groups.max()) + 1, rows.shape[1]), np.float32)
    np.add.at(sums, groups, rows)
    return _unit(sums)


def _nearest(rows: FloatArray, centres: FloatArray) -> IntArray:
    return np.asarray((rows @ centres.T).argmax(1), np.int64)


def _unit(rows: FloatArray) -> FloatArray:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)
