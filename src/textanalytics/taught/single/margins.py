"""Classes as weights on words, parts of words, meanings and hunches: linear support vectors, one class against all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.taught.single.views import MANY, Scaling, View
from textanalytics.words.page import Array
from textanalytics.words.sparse import csr_matrix, diags, hstack

MEANING_WEIGHT = 1.5
KNOWN_WEIGHT = 0.2

HARD, SOFT = 1.0, 0.1
"""With MANY classes each is told by few words and a harder margin pays."""
SMOOTH = 3.0
"""Texts added to both sides, so that a word of two texts tells little."""


@dataclass(frozen=True)
class Weights:
    """`table` (used buckets + dimensions + hunches, classes) and `bias` give one margin a class."""

    table: FloatArray
    bias: FloatArray
    scaling: Scaling

    def margins(self, view: View) -> FloatArray:
        """(n, classes)"""
        dense = self.dense(view)
        split = len(self.table) - dense.shape[1]
        out = self.scaling.words(view) @ self.table[:split] + dense @ self.table[split:] + self.bias
        return np.asarray(out, np.float32)

    def dense(self, view: View) -> FloatArray:
        """(n, dimensions + hunches) the weighed part of the features that is not words."""
        return np.hstack([view.meanings * MEANING_WEIGHT, self.scaling.known(view) * KNOWN_WEIGHT])


def fit(view: View, classes: IntArray, count: int, seed: int) -> Weights:
    """`count` classes by number; one without an example gets a margin that never wins."""
    scaling = Scaling.learn(view)
    blank = Weights(np.zeros((0, count), np.float32), np.zeros(count, np.float32), scaling)
    words, dense = scaling.words(view), csr_matrix(blank.dense(view))
    weights = np.zeros((words.shape[1] + dense.shape[1], count), np.float32)
    bias = np.full(count, -9.0, np.float32)
    present = np.unique(classes)
    if len(present) >= MANY:
        weights[:, present], bias[present] = _margins(hstack([words, dense]).tocsr(), classes, HARD, seed)
        return Weights(weights, bias, scaling)
    for number in present.tolist():
        one = classes == number
        telling = _telling(words, one)
        slopes, offset = _margins(hstack([words @ diags(telling), dense]).tocsr(), one, SOFT, seed)
        slopes[: len(telling)] *= telling[:, None]
        weights[:, number], bias[number] = slopes[:, 0], offset[0]
    return Weights(weights, bias, scaling)


def _margins(table: csr_matrix, classes: Array, hardness: float, seed: int) -> tuple[Array, Array]:
    """(columns, classes) slopes and their biases; one column for a question of yes or no."""
    from sklearn.svm import LinearSVC

    model = LinearSVC(C=hardness, class_weight="balanced", random_state=seed, max_iter=2000).fit(
        table, classes
    )
    return model.coef_.T.copy(), model.intercept_


def _telling(words: csr_matrix, one: BoolArray) -> Array:
    """(columns,) how much more often each stands in texts of the class than in others, in log odds of mean size one:
    with few classes and many words that says beforehand which words to look at (Wang and Manning 2012)."""
    holds = words > 0
    own, other = (np.asarray(holds[rows].sum(axis=0)).ravel() + SMOOTH for rows in (one, ~one))
    odds = np.log((own / own.sum()) / (other / other.sum()))
    return np.asarray(odds / max(float(np.abs(odds).mean()), 1e-9), np.float32)
