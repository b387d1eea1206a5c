"""Where a message belongs by the middle of many, which neighbours cannot tell.

Neighbours tell of a message what is near by chance, too, and chains of them lead away from the matter; middles do not.
"""

from __future__ import annotations

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.grouping.graph import DIRECTIONS
from textanalytics.grouping.micros import unit
from textanalytics.words.sparse import csr_matrix

CLEARLY = 0.15
"""Cosine by which a message must be nearer to the middle of another community to move there. On BANKING77, where neighbours
can be believed, .10 cost .005 of V and .009 of ARI."""
BELIEVED = 4
"""How steeply it falls where talk is diffuse, with the power of `partition.focus`: there neighbours are near by chance."""
IN_COMMON = 2.0
"""How much more words count beside the vector than between two messages: many speak of one thing by its name, two by
chance."""
FEW = 3
"""Messages of a micro-cluster that is compared. One of more is a middle itself."""
ROUNDS = 3
"""Times that middles are taken anew; more change hardly anything."""
LOOKED_AT = 2048
"""Rows that are compared with the middles at once."""


def among_many(rows: FloatArray, dimensions: int) -> FloatArray:
    """(n, d) unit rows for comparing a message with many: of `graph.features`, those of words count more. `dimensions` are
    the vectors'."""
    wider = rows.copy()
    wider[:, min(dimensions, DIRECTIONS) :] *= IN_COMMON
    return unit(wider)


def clearly_nearer(
    groups: IntArray, rows: FloatArray, counts: IntArray, stays: BoolArray, focused: float
) -> IntArray:
    """(n,) groups from 0 after those have moved who are clearly nearer to the middle of another group than to their own's.

    `rows` are unit; `counts` the messages of each, and those of many stay as those who are told to; `focused`, at most 1, is how
    clear the talk is (`partition.focus`).
    """
    groups = np.unique(groups, return_inverse=True)[1]
    margin, stays = CLEARLY * focused**BELIEVED, stays | (counts > FEW)
    for _ in range(ROUNDS):
        gather = csr_matrix((counts.astype(np.float32), (groups, np.arange(len(groups)))))
        nearer = np.where(stays, groups, _nearest(rows, unit(gather @ rows), groups, margin))
        if np.array_equal(nearer, groups):
            break
        groups = np.unique(nearer, return_inverse=True)[1]
    return groups


def _nearest(rows: FloatArray, middles: FloatArray, groups: IntArray, margin: float) -> IntArray:
    """(n,) the middle that is clearly nearest to each, or its own."""
    found = groups.copy()
    for start in range(0, len(rows), LOOKED_AT):
        part = slice(start, start + LOOKED_AT)
        near = rows[part] @ middles.T
        own = near[np.arange(len(near)), groups[part]]
        clear = near.max(1) > own + margin
        found[part][clear] = near.argmax(1)[clear]
    return found
