"""Micro-clusters: messages that say nearly the same thing, found one batch at a time.

A micro-cluster keeps the sum and count of its vectors and a few texts. Its id is for life. When there are too
many, near ones are folded together: the bigger one then stands for the other, whose id stays valid.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.blas import products
from textanalytics.duplicates import SeenTexts
from textanalytics.sparse import csr_matrix

SAMPLES = 8
"""Texts kept of each micro-cluster."""
START, STEP, LOOSEST = 0.85, 0.03, 0.20
"""Cosine that makes a message a member: at first, lowered by each fold, and never below."""
BATCH = 1024


def leaders(vectors: FloatArray, cosine: float) -> IntArray:
    """(n,) index of the row that each row follows: the first, in order, that is near enough, or itself."""
    near = vectors @ vectors.T
    follows = np.full(len(vectors), -1, np.int64)
    for i in range(len(vectors)):
        if follows[i] < 0:
            mine = (follows < 0) & (near[i] >= cosine)
            follows[mine] = i
            follows[i] = i
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
        """Lower the bar until at most 0.7 of the cap stand: big ones lead, held ones stay apart."""
        while len(self.live) > 0.7 * self.cap and self.tau > LOOSEST:
            self.tau = self._lower()
            order = np.argsort(-self.counts, kind="stable")
            self._merge(order, follow(self.units[order], self.tau))

    def _lower(self) -> float:
        """The bar that lets about enough find a leader, judged by the nearest neighbours of some 500."""
        spots = np.arange(0, len(self.live), max(1, len(self.live) // 500))
        near = self.units[spots] @ self.units.T
        near[np.arange(len(spots)), spots] = -1
        too_many = 1 - 0.7 * self.cap / len(self.live)
        wanted = float(np.quantile(near.max(1), max(0.0, 1 - 1.3 * too_many)))
        return round(max(min(wanted, self.tau - STEP), LOOSEST), 2)

    def _merge(self, order: IntArray, follows: IntArray) -> None:
        lead = np.empty(len(order), np.int64)
        lead[order] = order[follows]
        ids, to = self.live, self.live[lead]
        apart = self.held[ids] & ~(self.held[to] & (self.theme[ids] == self.theme[to]))
        lead = np.where(apart, np.arange(len(lead)), lead)
        to = self.live[lead]
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


def follow(vectors: FloatArray, cosine: float) -> IntArray:
    """`leaders` for many rows: batch after batch against the leaders so far, so memory stays bounded."""
    follows = np.empty(len(vectors), np.int64)
    led: list[int] = []
    for start in range(0, len(vectors), BATCH):
        batch = vectors[start : start + BATCH]
        mine = np.full(len(batch), -1, np.int64)
        if led:
            near = batch @ vectors[led].T
            best = near.argmax(1)
            close = near[np.arange(len(batch)), best] >= cosine
            mine[close] = np.array(led)[best[close]]
        rest = np.flatnonzero(mine < 0)
        mine[rest] = start + rest[leaders(batch[rest], cosine)]
        led.extend(np.unique(mine[rest]).tolist())
        follows[start : start + len(batch)] = mine
    return follows


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
