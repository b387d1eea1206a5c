"""One matter that a partition has cut in two becomes one again.

Communities have about one size: modularity cuts what is larger, however alike it is. Two that it cut from one have little to do
with others when they stand together; most that leads out of the one leads into the other; and their messages are about as
near to each other as to their own.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.words.sparse import csr_matrix

AS_NEAR = 0.55
"""Share of the lesser mean cosine within two halves that is between them, at least. From .5 to .6 nothing changes."""
MOSTLY = 0.35
"""Share that leads into the other half, at least, of all that leads out of the one of fewer edges. From 20 subjects' halves
.39 to .95 lead there; from matters beside each other, most often less than .35."""
OUTSIDE, NOTHING = 0.10, 0.005
"""Share that leads out of both together, at most: less, the clearer the talk is, down to hardly anything. In clear talk what
looks like halves are often neighbours that people tell apart: a transfer and a top-up that are pending."""
ENOUGH = 8
"""Messages of a half, at least: of fewer nobody can say how near they are to each other."""


def made_whole(
    groups: IntArray,
    rows: FloatArray,
    counts: IntArray,
    similar: csr_matrix,
    pinned: IntArray,
    focused: float,
) -> IntArray:
    """(n,) groups from 0 after halves of one matter have been joined; never two that a person keeps apart.

    `rows` are unit and `counts` the messages of each; `similar` is the graph in which the groups were found; `pinned` the theme
    that a member is held in, -1 for most; `focused`, at most 1, how clear the talk is (`partition.focus`).
    """
    outside = max(NOTHING, min(OUTSIDE, 1 - focused))
    while True:
        groups = np.unique(groups, return_inverse=True)[1]
        near = _halves(groups, rows, counts, similar, outside)
        near[apart(groups, pinned)] = 0.0
        best = near.argmax(1)
        each = np.arange(len(near))
        joins = (near[each, best] > 0) & (best[best] == each) & (best < each)
        if not joins.any():
            return groups
        groups = np.where(joins, best, each)[groups]


def _halves(
    groups: IntArray, rows: FloatArray, counts: IntArray, similar: csr_matrix, outside: float
) -> npt.NDArray[np.float64]:
    """(k, k) how near two groups are, as a share of the nearness within, 0 for two that are no halves of one."""
    place = (groups, np.arange(len(groups)))
    sizes = np.bincount(groups, counts)
    sums = (csr_matrix((counts.astype(np.float64), place)) @ rows).astype(np.float64)
    cosines = sums @ sums.T / np.outer(sizes, sizes)
    within = (np.diag(cosines) * sizes**2 - sizes) / np.maximum(sizes * (sizes - 1), 1)
    near = cosines / np.maximum(np.minimum.outer(within, within), 1e-9)
    gather = csr_matrix((np.ones(len(groups)), place))
    edges = (gather @ similar @ gather.T).toarray()
    inside, all_edges = np.diag(edges), np.maximum(edges.sum(1), 1e-9)
    both = np.add.outer(all_edges, all_edges)
    out_of_both = 1 - (np.add.outer(inside, inside) + 2 * edges) / both
    leads_out = np.maximum(all_edges - inside, 1e-9)
    fewer = np.less_equal.outer(all_edges, all_edges)
    into_other = edges / np.where(fewer, leads_out[:, None], leads_out[None, :])
    halves = (near >= AS_NEAR) & (into_other >= MOSTLY) & (out_of_both <= outside)
    halves &= np.minimum.outer(sizes, sizes) >= ENOUGH
    np.fill_diagonal(halves, False)
    return np.where(halves, near, 0.0)


def apart(groups: IntArray, pinned: IntArray) -> BoolArray:
    """(k, k) whether a person keeps two groups, of numbers from 0, apart: holds members of each in another theme."""
    owner = np.full(int(groups.max()) + 1, -1)
    owner[groups[pinned >= 0]] = pinned[pinned >= 0]
    return (owner[:, None] >= 0) & (owner[None, :] >= 0) & (owner[:, None] != owner[None, :])
