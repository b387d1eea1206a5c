"""Communities of a weighted graph by modularity (Louvain), and a warm start that keeps what people know.

Blondel et al. 2008. Nodes are visited in a fixed order and ties keep the present community, so a run
repeats exactly.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from textanalytics.base import BoolArray, IntArray
from textanalytics.words.sparse import csr_matrix


@dataclass(frozen=True)
class Inertia:
    """What resists moving: `anchor` is a node's old community (-1 none), `cost` the price of joining another
    one as a share of the node's strength, and `fixed` nodes do not move at all."""

    anchor: IntArray
    fixed: BoolArray
    cost: npt.NDArray[np.float64]


def aggregate(graph: csr_matrix, labels: IntArray) -> tuple[csr_matrix, IntArray]:
    """The graph between communities, and each node's row in it."""
    names, place = np.unique(labels, return_inverse=True)
    gather = csr_matrix((np.ones(len(place)), (place, np.arange(len(place)))), shape=(len(names), len(place)))
    return (gather @ graph @ gather.T).tocsr(), place


class _Mover:
    """One pass of local moving; plain lists, because node by node they are much faster than arrays."""

    def __init__(self, graph: csr_matrix, labels: IntArray, resolution: float) -> None:
        graph.sort_indices()
        self.starts, self.ends = graph.indptr[:-1].tolist(), graph.indptr[1:].tolist()
        self.neighbours, self.weights = graph.indices.tolist(), graph.data.tolist()
        self.strength = np.asarray(graph.sum(1)).ravel().tolist()
        self.labels: list[int] = labels.tolist()
        n = len(self.labels)
        names = max(self.labels) + 1 + n
        self.total, self.size = [0.0] * names, [0] * names
        for i, label in enumerate(self.labels):
            self.total[label] += self.strength[i]
            self.size[label] += 1
        self.unused = [label for label in range(names - 1, -1, -1) if not self.size[label]]
        self.pull = resolution / max(sum(self.strength), 1e-12)

    def run(self, inertia: Inertia) -> IntArray:
        n = len(self.labels)
        fixed = inertia.fixed.tolist()
        anchors = inertia.anchor.tolist()
        waiting = deque(i for i in range(n) if not fixed[i])
        queued = [not kept for kept in fixed]
        fees = np.where(inertia.anchor >= 0, inertia.cost * self.strength, 0.0).tolist()
        for _ in range(60 * n):
            if not waiting:
                break
            i = waiting.popleft()
            queued[i] = False
            if self._move(i, anchors[i], fees[i]):
                for p in range(self.starts[i], self.ends[i]):
                    j = self.neighbours[p]
                    if not (queued[j] or fixed[j]) and self.labels[j] != self.labels[i]:
                        queued[j] = True
                        waiting.append(j)
        return np.array(self.labels, np.int64)

    def _move(self, i: int, anchor: int, fee: float) -> bool:
        """Put node i where modularity gains most; staying home or leaving to be alone is free of the fee."""
        here, mine, pull = self.labels[i], self.strength[i], self.pull
        links: dict[int, float] = {}
        for p in range(self.starts[i], self.ends[i]):
            j = self.neighbours[p]
            if j != i:
                label = self.labels[j]
                links[label] = links.get(label, 0.0) + self.weights[p]
        self.total[here] -= mine
        self.size[here] -= 1
        best = here
        gain = links.get(here, 0.0) - pull * mine * self.total[here]
        if here != anchor and self.size[here]:
            gain -= fee
        for label, weight in links.items():
            other = weight - pull * mine * self.total[label] - (fee if label != anchor else 0.0)
            if label != here and other > gain + 1e-9:
                best, gain = label, other
        if gain < -1e-9 and self.size[here]:
            while self.size[self.unused[-1]]:
                self.unused.pop()
            best = self.unused.pop()
        self.total[best] += mine
        self.size[best] += 1
        if best == here:
            return False
        if not self.size[here]:
            self.unused.append(here)
        self.labels[i] = best
        return True


def _free(n: int) -> Inertia:
    return Inertia(np.full(n, -1), np.zeros(n, np.bool_), np.zeros(n))


def louvain(graph: csr_matrix, resolution: float) -> IntArray:
    """(n,) community of each node of a symmetric graph with self-loops; more resolution, more of them."""
    labels = _Mover(graph, np.arange(graph.shape[0]), resolution).run(_free(graph.shape[0]))
    while True:
        between, place = aggregate(graph, labels)
        n = between.shape[0]
        joined = _Mover(between, np.arange(n), resolution).run(_free(n))
        if len(np.unique(joined)) == n:
            return place
        labels = _Mover(graph, joined[place], resolution).run(_free(graph.shape[0]))


COST = 0.5
"""Price of leaving an established community for another one."""
ESTABLISHED = 4
"""Messages that make a community established; a smaller one gives way more easily."""


def warm(graph: csr_matrix, resolution: float, old: IntArray, held: BoolArray, counts: IntArray) -> IntArray:
    """(n,) communities that leave `old` (-1 none) only where it pays; `held` nodes stay with theirs.

    Pieces are what the old communities and a fresh partition have in common. First pieces move, then
    communities. `counts` are the messages of each node.
    """
    fresh = louvain(graph, resolution)
    span = int(fresh.max()) + 1
    piece = np.where(old >= 0, (old * span + fresh) * 2 + held, -1 - fresh)
    between, place = aggregate(graph, piece)
    n = between.shape[0]
    was, fixed = np.full(n, -1), np.zeros(n, np.bool_)
    was[place] = old
    fixed[place] = held
    start = np.where(was >= 0, was, int(old.max()) + 1 + np.arange(n))
    labels = np.unique(start, return_inverse=True)[1]
    size = np.bincount(labels[place], counts, minlength=int(labels.max()) + 1)
    anchor = np.where(was >= 0, labels, -1)
    labels = _Mover(between, labels, resolution).run(Inertia(anchor, fixed, _cost(size[labels])))
    for _ in range(3):
        wider, spot = aggregate(between, labels)
        m = wider.shape[0]
        known, pinned = np.zeros(m, np.bool_), np.zeros(m, np.bool_)
        known[spot[was >= 0]] = True
        pinned[spot[fixed]] = True
        anchor = np.where(known, np.arange(m), -1)
        size = np.bincount(spot[place], counts, minlength=m)
        joined = _Mover(wider, np.arange(m), resolution).run(Inertia(anchor, pinned, _cost(size)))
        labels = joined[spot]
        if len(np.unique(joined)) == m:
            break
    return labels[place]


def _cost(messages: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    return COST * np.minimum(messages / ESTABLISHED, 1.0)
