"""Fits the weights of a tagger, and how sure to be, from held-out parts of the same examples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.words.blas import one_thread
from textanalytics.words.page import Array
from textanalytics.words.sparse import csr_matrix, hstack, vstack

STRENGTH = 4.0
"""Inverse of regularisation (C)."""
FOLDS = 4
RARE = 0.25
"""Share of the messages that are expected to have a class that has one at all, spread over the classes."""
FEWEST = 8
"""With fewer held-out positives the margins are taken as they are."""


@dataclass(frozen=True)
class Weights:
    """`buckets` (used, classes) of the hashed features `used`; `slope` and `offset` make odds of the margins."""

    used: IntArray
    buckets: FloatArray
    meanings: FloatArray
    bias: FloatArray
    slope: float = 1.0
    offset: float = 0.0


def fit(hashed: csr_matrix, meanings: FloatArray, known: IntArray, seed: int) -> Weights:
    """`known` (texts, classes) is 1, 0 or -1 for nobody knows."""
    used = np.flatnonzero(np.asarray(hashed.sum(axis=0)).ravel())
    table = hstack([hashed[:, used], csr_matrix(meanings)]).tocsr()
    with one_thread():
        slopes, bias = _margins(*_with_pairs(table, known, seed), seed)
        slope, offset = _certainty(table, known, seed)
    split = len(used)
    return Weights(used, slopes[:split], slopes[split:], bias, slope, offset)


def _margins(table: csr_matrix, known: IntArray, seed: int) -> tuple[FloatArray, FloatArray]:
    """(features, classes) and (classes,); a class without examples on both sides never wins."""
    from sklearn.linear_model import LogisticRegression

    slopes = np.zeros((table.shape[1], known.shape[1]), np.float32)
    bias = np.full(known.shape[1], -9.0, np.float32)
    for number in range(known.shape[1]):
        rows = np.flatnonzero(known[:, number] >= 0)
        truth = known[rows, number]
        if not truth.any():
            continue
        if truth.all():
            bias[number] = 0.0
            continue
        model = LogisticRegression(
            C=STRENGTH, class_weight="balanced", solver="liblinear", random_state=seed, tol=1e-3
        ).fit(table[rows], truth)
        slopes[:, number], bias[number] = model.coef_[0], model.intercept_[0]
    return slopes, bias


def _with_pairs(table: csr_matrix, known: IntArray, seed: int) -> tuple[csr_matrix, IntArray]:
    """With each text once more, said in one breath with another: so a message of two classes keeps both.

    Features are sums over the pieces divided by about the root of their number, so two texts' sum over root two is
    what both together would have.
    """
    if len(known) < 2:
        return table, known
    other = np.random.default_rng(seed).permutation(len(known))
    both = (table + table[other]) * np.float32(1 / np.sqrt(2))
    truth = np.where((known == 1) | (known[other] == 1), 1, np.minimum(known, known[other]))
    return vstack([table, both]).tocsr(), np.concatenate([known, truth])


def _certainty(table: csr_matrix, known: IntArray, seed: int) -> tuple[float, float]:
    """Slope and offset from margins to log odds (Platt 1999), of texts that were held out in turn."""
    fold = _folds(known, seed)
    margins, truths = [], []
    for number in range(FOLDS):
        inside, outside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        if not len(outside):
            continue
        slopes, bias = _margins(*_with_pairs(table[inside], known[inside], seed), seed)
        rows, true = _with_pairs(table[outside], known[outside], seed)
        said = np.asarray(rows @ slopes) + bias
        asked = (true >= 0) & (bias > -9.0)
        margins.append(said[asked])
        truths.append(true[asked])
    said, true = np.concatenate(margins), np.concatenate(truths)
    if true.sum() < FEWEST or true.all():
        return 1.0, 0.0
    return _platt(said, true, RARE / known.shape[1])


def _folds(known: IntArray, seed: int) -> IntArray:
    """Alike in classes: the texts of each are dealt out in turn."""
    order = np.random.default_rng(seed).permutation(len(known))
    first = np.where((known > 0).any(axis=1), (known > 0).argmax(axis=1), known.shape[1])
    order = order[np.argsort(first[order], kind="stable")]
    fold = np.empty(len(known), np.int64)
    fold[order] = np.arange(len(known)) % FOLDS
    return fold


def _platt(margins: Array, true: Array, share: float) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    weight = np.where(true > 0, share / true.mean(), (1 - share) / (1 - true.mean()))
    model = LogisticRegression(C=100.0).fit(margins[:, None], true, sample_weight=weight)
    return max(float(model.coef_[0, 0]), 0.1), float(model.intercept_[0])
