"""Classes by likeness to examples: kernel ridge regression on what texts mean, what the reader thinks of them, and their words.

Likeness of meaning bends where a linear view cannot: a class may mean several things. Words are added as they are, so what
they speak for is one weight a word (Rifkin and Klautau 2004).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.taught.ridge import LEAST, NARROW, by_some, some_of_each
from textanalytics.taught.single.views import MANY, Scaling, View
from textanalytics.words.page import Array
from textanalytics.words.sparse import csr_matrix

ALL = 12_000
"""Examples up to which every one is kept. Of more, SOME of each class and MOST together."""

SOME, MOST = 48, 4_000
NEAREST = 3
HUNCH, WORD = 0.2, 0.4
"""Weight of the mean squared difference of hunches, and of words and their parts beside a likeness of one."""

FIRM, LOOSE = 0.5, 0.1
"""Ridge with few classes, each of many sorts of text, and with MANY."""

ROWS = 1_000


@dataclass(frozen=True)
class Seen:
    """Of n texts: unit rows of meaning, half of them manner where the view has it; scaled hunches; and scaled words."""

    meanings: FloatArray
    hunches: FloatArray
    words: csr_matrix

    @classmethod
    def of(cls, view: View, scaling: Scaling) -> Seen:
        hunches = scaling.known(view) / np.float32(np.sqrt(view.known.shape[1]))
        meanings = view.meanings
        if view.manners.shape[1]:
            meanings = np.hstack([meanings, scaling.manners(view)]) * np.float32(np.sqrt(0.5))
        return cls(meanings, np.asarray(hunches, np.float32), scaling.words(view))

    def rows(self, places: IntArray) -> Seen:
        """Those of the texts at these places."""
        return Seen(self.meanings[places], self.hunches[places], self.words[places])


@dataclass(frozen=True)
class Likeness:
    """`exemplars` are unit rows of meaning and `hunches` theirs; `weights` (exemplars, classes) is what being like each
    speaks for, `table` (used buckets, classes) what each word does."""

    exemplars: FloatArray
    hunches: FloatArray
    weights: FloatArray
    table: FloatArray

    def near(self, meanings: FloatArray) -> FloatArray:
        """(n, exemplars) cosines."""
        return np.asarray(meanings @ self.exemplars.T, np.float32)

    def scores(self, near: FloatArray, seen: Seen) -> FloatArray:
        """(n, classes) about one for the class that the nearest are of, about zero for the others."""
        bent = _bent(near.copy(), seen.hunches, self.hunches)
        return np.asarray(bent @ self.weights + seen.words @ self.table, np.float32)


def strangeness(near: FloatArray) -> FloatArray:
    """(n,) one less the mean cosine to the three nearest examples."""
    count = min(NEAREST, near.shape[1])
    return np.asarray(1 - np.partition(near, -count, axis=1)[:, -count:].mean(axis=1), np.float32)


def fit(seen: Seen, classes: IntArray, count: int, seed: int) -> Likeness:
    """`classes` by number, `count` of them, all alike in weight; one without an example gets no score."""
    kept = places(classes, count, seed)
    exemplars = seen.rows(kept)
    sizes = np.bincount(classes, minlength=count)
    weight = (len(classes) / (sizes > 0).sum() / sizes[classes]).astype(np.float32)
    true = np.zeros((len(classes), count), np.float32)
    true[np.arange(len(classes)), classes] = 1
    ridge = LOOSE if (sizes > 0).sum() >= MANY else FIRM
    if len(kept) == len(classes):
        weights = _solve(_alike(exemplars, exemplars), ridge / weight, true)
    else:
        least = LEAST * max(len(classes) / len(kept), 1)
        alike, among = _alike(seen, exemplars), _alike(exemplars, exemplars)
        weights = by_some(alike, among, weight, ridge=ridge, least=least)(true).astype(np.float32)
    table = WORD * (exemplars.words.T @ weights)
    return Likeness(exemplars.meanings, exemplars.hunches, weights, np.asarray(table, np.float32))


def places(classes: IntArray, count: int, seed: int) -> IntArray:
    """Of all examples, or of so many of each class drawn by the seed."""
    if len(classes) <= ALL:
        return np.arange(len(classes))
    return some_of_each(classes, min(SOME, max(MOST // count, 1)), seed)


def _solve(alike: FloatArray, ridge: Array, true: FloatArray) -> FloatArray:
    """In single precision: it is well conditioned, and of thousands of examples half the memory and time."""
    from scipy.linalg import cho_factor, cho_solve

    alike[np.diag_indices(len(alike))] += ridge
    factor = cho_factor(alike, lower=True, overwrite_a=True, check_finite=False)
    return np.asarray(cho_solve(factor, true, check_finite=False), np.float32)


def _alike(seen: Seen, others: Seen) -> FloatArray:
    """(n, others): at most one for meaning and hunches, and twice WORD for words and their parts."""
    alike = _bent(seen.meanings @ others.meanings.T, seen.hunches, others.hunches)
    columns = others.words.T.tocsr()
    for start in range(0, len(alike), ROWS):
        alike[start : start + ROWS] += (seen.words[start : start + ROWS] @ columns).toarray() * np.float32(
            WORD
        )
    return alike


def _bent(near: FloatArray, hunches: FloatArray, others: FloatArray) -> FloatArray:
    """One for the same, falling with the square of the distance; `near` is overwritten."""
    near *= np.float32(2 * NARROW)
    near += (hunches * np.float32(2 * HUNCH)) @ others.T
    near -= np.float32(HUNCH) * np.square(hunches).sum(axis=1, keepdims=True)
    near -= np.float32(HUNCH) * np.square(others).sum(axis=1) + np.float32(2 * NARROW)
    return np.asarray(np.exp(near, out=near))
