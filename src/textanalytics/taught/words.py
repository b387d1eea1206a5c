"""Classes as weights on words, parts of words, meanings and hunches: linear support vectors, one class against all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack

from textanalytics.base import FloatArray, IntArray
from textanalytics.taught.views import Scaling, View

MEANING_WEIGHT = 1.5
KNOWN_WEIGHT = 0.2
MANY = 12
"""With as many classes or more, each is told by few words and a harder margin pays."""

HARD, SOFT = 1.0, 0.1


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
        return np.hstack([view.meanings * MEANING_WEIGHT, self.scaling.known(view) * KNOWN_WEIGHT])


def fit(view: View, classes: IntArray, count: int, seed: int) -> Weights:
    """`count` classes by number; one without an example gets a margin that never wins."""
    from sklearn.svm import LinearSVC

    scaling = Scaling.learn(view)
    empty = Weights(np.zeros((0, count), np.float32), np.zeros(count, np.float32), scaling)
    table = hstack([scaling.words(view), csr_matrix(empty.dense(view))]).tocsr()
    model = LinearSVC(
        C=HARD if count >= MANY else SOFT, class_weight="balanced", random_state=seed, max_iter=2000
    )
    model.fit(table, classes)
    slopes, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        slopes, bias = np.vstack([-slopes, slopes]), np.concatenate([-bias, bias])
    weights = np.zeros((table.shape[1], count), np.float32)
    offsets = np.full(count, -9.0, np.float32)
    weights[:, model.classes_] = slopes.T
    offsets[model.classes_] = bias
    return Weights(weights, offsets, scaling)
