"""Classes by likeness to examples: kernel ridge regression over some examples of each class.

It bends where a linear view cannot: a class may mean several things (Rifkin and Klautau 2004; the examples that stand
for the others as by Williams and Seeger 2001).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.page import Array

EXEMPLARS, ALL = 48, 4_000
"""Examples kept of each class, and of all classes together."""

NEAREST = 3
NARROW = 2.0
"""A likeness falls to a third at a cosine of three quarters."""

RIDGE, LEAST = 0.3, 1e-3


@dataclass(frozen=True)
class Likeness:
    """`exemplars` are unit rows; `weights` (exemplars, classes) what being like each speaks for."""

    exemplars: FloatArray
    weights: FloatArray

    def near(self, meanings: FloatArray) -> FloatArray:
        """(n, exemplars) cosines."""
        return np.asarray(meanings @ self.exemplars.T, np.float32)

    def scores(self, near: FloatArray) -> FloatArray:
        """(n, classes) about one for the class that the nearest are of, about zero for the others."""
        return np.asarray(_alike(near) @ self.weights, np.float32)


def strangeness(near: FloatArray) -> FloatArray:
    """(n,) one less the mean cosine to the three nearest examples."""
    count = min(NEAREST, near.shape[1])
    return np.asarray(1 - np.partition(near, -count, axis=1)[:, -count:].mean(axis=1), np.float32)


def fit(meanings: FloatArray, classes: IntArray, count: int, seed: int) -> Likeness:
    """`classes` by number, `count` of them; one without an example gets no score."""
    from scipy.linalg import cho_factor, cho_solve

    exemplars = meanings[places(classes, count, seed)]
    alike = _alike(meanings @ exemplars.T)
    true = np.zeros((len(classes), count), np.float32)
    true[np.arange(len(classes)), classes] = 1
    among = _alike(exemplars @ exemplars.T).astype(np.float64)
    fitted = (alike.T @ alike).astype(np.float64) + RIDGE * among
    fitted[np.diag_indices(len(fitted))] += LEAST * max(len(classes) / len(exemplars), 1)
    weights = cho_solve(cho_factor(fitted, overwrite_a=True), (alike.T @ true).astype(np.float64))
    return Likeness(exemplars, weights.astype(np.float32))


def places(classes: IntArray, count: int, seed: int) -> IntArray:
    """Of at most so many examples of each class, drawn by the seed."""
    order = np.random.default_rng(seed).permutation(len(classes))
    drawn = order[np.argsort(classes[order], kind="stable")]
    rank = np.arange(len(drawn)) - np.searchsorted(classes[drawn], classes[drawn])
    return np.sort(drawn[rank < min(EXEMPLARS, max(ALL // count, 1))])


def _alike(near: Array) -> FloatArray:
    """One for the same, falling with the square of the distance."""
    return np.exp(np.float32(2 * NARROW) * (near - np.float32(1)))
