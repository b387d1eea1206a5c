"""Among many messages, micro-clusters of few follow the others: they do not decide which themes there are.

Once micro-clusters are folded, the typical one is the mean of many messages and near to its like. One that still holds a
message or two is what nothing was near to. As neighbours such ones tie strangers together, and make all talk look diffuse.
"""

from __future__ import annotations

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.grouping.coherence import TOGETHER
from textanalytics.grouping.graph import PLENTY
from textanalytics.grouping.micros import unit
from textanalytics.words.sparse import csr_matrix

SHARE = 0.5
"""Messages of the micro-cluster in the middle, by size, of which a light one has less than so much. From a quarter to three times
of it hardly anything changes in a million altered copies of BANKING77; where the one in the middle holds one message or two, none is light."""


def light(counts: IntArray, held: BoolArray) -> BoolArray:
    """(n,) which micro-clusters hold so few of the messages that they follow; never one that a person `held`.

    >>> light(np.array([1, 2, 9, 9] * 300), np.array([True, False, False, False] * 300))[:4].tolist()
    [False, True, False, False]
    """
    if len(counts) < PLENTY:
        return np.zeros(len(counts), np.bool_)
    return (counts < SHARE * np.median(counts)) & ~held


def followed(groups: IntArray, rows: FloatArray, counts: IntArray, follows: BoolArray) -> IntArray:
    """(m,) of `groups`, from 0, the one with the nearest middle to each that `follows`; -1 where it has nothing in common with any.

    `groups` are of those that do not follow; `rows` are unit, and `counts` the messages, of all.
    """
    led = np.flatnonzero(~follows)
    gather = csr_matrix((counts[led].astype(np.float32), (groups, np.arange(len(led)))))
    near = rows[follows] @ unit(gather @ rows[led]).T
    return np.where(near.max(1) >= TOGETHER, near.argmax(1), -1)
