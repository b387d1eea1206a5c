"""Micro-clusters: messages that say nearly the same thing, found one batch at a time.

A micro-cluster keeps the sum and count of its vectors and a few texts. Its id is for life. When there are too
many, near ones are folded together: the bigger one then stands for the other, whose id stays valid.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.duplicates import SeenTexts
from textanalytics.words.blas import products
from textanalytics.words.sparse import csr_matrix

SAMPLES = 8
"""Texts kept of each micro-cluster."""
START, STEP, LOOSEST = 0.85, 0.03, 0.20
"""Cosine that makes a message a member: at first, lowered by each fold, and never below."""
FEW_LOWER = 0.05
"""Share of those folded that may have been less near than the bar is put at."""
BATCH = 1024


def leaders(vectors: FloatArray, cosine: float) -> IntArray:
    """(n,) index of the row that each row follows: the first, in order, that is near enough, or itself."""
    near = vectors @ vectors.T >= cosine
    np.fill_diagonal(near, True)
    follows = np.arange(len(vectors))
    free = np.ones(len(vectors), np.bool_)
    for i in np.flatnonzero(np.count_nonzero(near, axis=1) > 1).tolist():
        if free[i]:
            mine = i + np.flatnonzero(free[i:] & near[i, i:])
            follows[mine] = i
            free[mine] = False
    return follows


def unit(vectors: FloatArray) -> FloatArray:
    """Rows of length one; rows of zeros stay zeros."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 1e-9)


class KeptMicro(Protocol):
    """What `Micros.load` reads of a kept row."""

    @property
    def id(self) -> int: ...
    @property
    def theme(self) -> int: ...
    @property
    def folded_into(self) -> int: ...
    @property
    def held(self) -> bool: ...
    @property
    def count(self) -> int: ...
    @property
    def total(self) -> bytes: ...
    @property
    def samples(self) -> tuple[str, ...]: ...
    @property
    def seen(self) -> bytes: ...


class Micros:
    """Ids 0, 1, 2 … each with what it stands for; vectors of those that stand lie together in slots."""

    def __init__(self, dimensions: int, cap: int) -> None:
        self.dimensions, self.cap, self.tau = dimensions, cap, START
        self.stands = np.zeros(0, np.int64)
        self.theme = np.zeros(0, np.int64)
        self.held = np.zeros(0, np.bool_)
        self.dirty = np.zeros(0, np.bool_)
        self.samples: list[list[str]] = []
        self.seen = SeenTexts()
        self.live = np.zeros(0, np.int64)
        self.slot = np.zeros(0, np.int64)
        self._sums = np.zeros((1024, dimensions), np.float32)
        self._units = np.zeros((1024, dimensions), np.float32)
        self._counts = np.zeros(1024, np.int64)

    def __len__(self) -> int:
        return len(self.stands)

    @property
    def sums(self) -> FloatArray:
        return self._sums[: len(self.live)]

    @property
    def units(self) -> FloatArray:
        return self._units[: len(self.live)]

    @property
    def counts(self) -> IntArray:
        return self._counts[: len(self.live)]

    def resolve(self, ids: IntArray) -> IntArray:
        """The micro-cluster that stands for each; chains are kept one step long."""
        return self.stands[ids]

    def slots(self, ids: IntArray) -> IntArray:
        return self.slot[self.stands[ids]]

    def create(self, count: int) -> IntArray:
        """New empty micro-clusters without a theme."""
        ids = np.arange(len(self), len(self) + count)
        slots = np.arange(len(self.live), len(self.live) + count)
        while len(self.live) + count > len(self._counts):
            self._sums = np.concatenate([self._sums, np.zeros_like(self._sums)])
            self._units = np.concatenate([self._units, np.zeros_like(self._units)])
            self._counts = np.concatenate([self._counts, np.zeros_like(self._counts)])
        self.stands = np.concatenate([self.stands, ids])
        self.theme = np.concatenate([self.theme, np.full(count, -1)])
        self.held = np.concatenate([self.held, np.zeros(count, np.bool_)])
        self.dirty = np.concatenate([self.dirty, np.ones(count, np.bool_)])
        self.live = np.concatenate([self.live, ids])
        self.slot = np.concatenate([self.slot, slots])
        self.samples.extend([] for _ in range(count))
        return ids

    def nearest(self, vectors: FloatArray) -> FloatArray:
        """(n, slots) cosine with every standing micro-cluster."""
        return products(vectors, self.units)

    def put(self, ids: IntArray, vectors: FloatArray, texts: Sequence[str]) -> None:
        """Add each vector and text to its (standing) micro-cluster."""
        self.shift(ids, vectors, 1)
        for i, text in zip(ids.tolist(), texts, strict=True):
            if len(self.samples[i]) < SAMPLES:
                self.samples[i].append(text)

    def shift(self, ids: IntArray, vectors: FloatArray, sign: int) -> None:
        """Put vectors into (+1) or take them out of (-1) the sums and counts of standing micro-clusters."""
        touched, place = np.unique(self.slot[ids], return_inverse=True)
        gather = csr_matrix(
            (np.full(len(ids), sign, np.float32), (place, np.arange(len(ids)))),
            shape=(len(touched), len(ids)),
        )
        self._sums[touched] += gather @ vectors
        self._counts[touched] = np.maximum(self._counts[touched] + sign * np.bincount(place), 0)
        self._sums[touched[self._counts[touched] == 0]] = 0
        self._units[touched] = unit(self._sums[touched])
        self.dirty[ids] = True

    def fold(self) -> None:
        """Fold what costs least until 0.7 of the cap stand, and lower the bar to what was folded."""
        lowest = self.tau - STEP
        while (excess := len(self.live) - int(0.7 * self.cap)) > 0:
            order = np.argsort(-self.counts, kind="stable")
            nearest, cosine = nearest_before(self.units[order])
            follows = cheapest(nearest, cosine, self.counts[order], self._free(order, nearest), excess)
            folded = follows != np.arange(len(order))
            if not folded.any():
                break
            lowest = min(lowest, float(np.quantile(cosine[folded], FEW_LOWER)))
            self._merge(order, follows)
        self.tau = round(max(lowest, min(LOOSEST, self.tau)), 2)

    def _free(self, order: IntArray, nearest: IntArray) -> BoolArray:
        """(n,) whether each may follow its nearest: a held one only another that is held in the same theme."""
        ids = self.live[order]
        to = ids[nearest]
        return ~self.held[ids] | (self.held[to] & (self.theme[ids] == self.theme[to]))

    def _merge(self, order: IntArray, follows: IntArray) -> None:
        lead = np.empty(len(order), np.int64)
        lead[order] = order[follows]
        ids, to = self.live, self.live[lead]
        folded = np.flatnonzero(ids != to)
        for i in folded[np.argsort(-self.counts[folded], kind="stable")].tolist():
            kept = self.samples[to[i]]
            kept.extend(self.samples[ids[i]][: SAMPLES - len(kept)])
            self.samples[ids[i]] = []
        self.dirty[ids[folded]] = self.dirty[to[folded]] = True
        stay = np.unique(lead)
        place = np.searchsorted(stay, lead)
        gather = csr_matrix(
            (np.ones(len(lead), np.float32), (place, np.arange(len(lead)))), shape=(len(stay), len(lead))
        )
        sums, counts = gather @ self.sums, np.bincount(place, self.counts).astype(np.int64)
        self.stands = to[self.slot[self.stands]]
        self.live = ids[stay]
        self.slot[self.live] = np.arange(len(stay))
        self._sums[:], self._units[:], self._counts[:] = 0, 0, 0
        self._sums[: len(stay)], self._counts[: len(stay)] = sums, counts
        self._units[: len(stay)] = unit(sums)

    def load(self, rows: Sequence[KeptMicro], tau: float) -> None:
        """Take over rows in the order of their ids. `ValueError` when one is missing or of another size."""
        if [row.id for row in rows] != list(range(len(rows))):
            raise ValueError(
                "The rows of the micro-clusters are not whole: ids must run from 0 without a gap."
            )
        own = [row for row in rows if row.folded_into < 0]
        if any(len(row.total) != 4 * self.dimensions for row in own):
            raise ValueError(f"A micro-cluster's sum does not have {self.dimensions} dimensions.")
        self.create(len(rows))
        self.tau = tau
        self.theme = np.array([row.theme for row in rows], np.int64)
        self.held = np.array([row.held for row in rows], np.bool_)
        self.dirty = np.zeros(len(rows), np.bool_)
        self.stands = np.array([row.id if row.folded_into < 0 else row.folded_into for row in rows], np.int64)
        self.samples = [list(row.samples) for row in rows]
        for row in rows:
            self.seen.unpack(row.id, row.seen)
        self.live = np.array([row.id for row in own], np.int64)
        self.slot[self.live] = np.arange(len(own))
        sums = np.frombuffer(b"".join(row.total for row in own), np.float32)
        self._sums[: len(own)] = sums.reshape(len(own), self.dimensions)
        self._counts[: len(own)] = [row.count for row in own]
        self._units[: len(own)] = unit(self._sums[: len(own)])


def nearest_before(vectors: FloatArray) -> tuple[IntArray, FloatArray]:
    """(n,) the nearest of the rows before each, and its cosine; -1 for the first, which follows itself."""
    n = len(vectors)
    nearest, cosine = np.zeros(n, np.int64), np.full(n, -1, np.float32)
    for start in range(0, n, BATCH):
        batch = vectors[start : start + BATCH]
        near = batch @ vectors[: start + len(batch)].T
        near[:, start:][np.triu_indices(len(batch))] = -1
        nearest[start : start + len(batch)] = near.argmax(1)
        cosine[start : start + len(batch)] = near.max(1)
    return nearest, cosine


def cheapest(
    nearest: IntArray, cosine: FloatArray, counts: IntArray, free: BoolArray, excess: int
) -> IntArray:
    """(n,) what each follows, itself for most: at most `excess` others follow their nearest, the cheapest first.

    The price is what Ward's method asks, n m / (n + m) times the distance: a single message that is near is folded long
    before two large micro-clusters. Nobody follows one that follows, so nobody ends farther away than was asked.
    """
    sizes = counts.astype(np.float64)
    others = sizes[nearest]
    price = sizes * others / np.maximum(sizes + others, 1) * (1 - cosine)
    follows = list(range(len(nearest)))
    leads = [False] * len(nearest)
    nearest_of, left = nearest.tolist(), excess
    for i in np.argsort(price, kind="stable").tolist():
        to = nearest_of[i]
        if left and i and free[i] and not leads[i] and follows[to] == to:
            follows[i], leads[to] = to, True
            left -= 1
    return np.array(follows, np.int64)


def vote(near: FloatArray, themes: IntArray, allowed: BoolArray, *, least: float = 0.45) -> IntArray:
    """(n,) theme of the greatest summed cosine among the five nearest that are near enough, or -1."""
    found = np.full(len(near), -1, np.int64)
    row, column = np.divmod(np.flatnonzero(near >= least), near.shape[1])
    row, column = row[allowed[column]], column[allowed[column]]
    cosine = near[row, column]
    order = np.lexsort((column, -cosine, row))
    row, column, cosine = row[order], column[order], cosine[order]
    nearest = np.arange(len(row)) - np.searchsorted(row, row) < 5
    votes: dict[int, dict[int, float]] = {}
    for i, theme, weight in zip(
        row[nearest].tolist(), themes[column[nearest]].tolist(), cosine[nearest].tolist(), strict=True
    ):
        mine = votes.setdefault(i, {})
        mine[theme] = mine.get(theme, 0.0) + weight
    for i, mine in votes.items():
        found[i] = max(sorted(mine), key=mine.__getitem__)
    return found
