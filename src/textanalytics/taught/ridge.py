"""Kernel ridge regression by some of the texts, for both ways of teaching: which these are, and what they pull.

Of many texts some stand for the others: a subset of regressors (Williams and Seeger 2001; Rasmussen and Williams 2006, 8.3.1).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.words.page import Array

NARROW = 1.5
"""A likeness falls to a half at a cosine of three quarters."""

LEAST = 1e-3
"""Added to the diagonal: it keeps some texts solvable."""


def some_of_each(classes: IntArray, most: int, seed: int) -> IntArray:
    """The places, in order, of so many texts of each class (all of a rarer one), drawn by the seed."""
    order = np.random.default_rng(seed).permutation(len(classes))
    order = order[np.argsort(classes[order], kind="stable")]
    rank = np.arange(len(order)) - np.searchsorted(classes[order], classes[order])
    return np.sort(order[rank < most])


def by_some(
    alike: FloatArray, among: FloatArray, weight: FloatArray, *, ridge: float, least: float = LEAST
) -> Callable[[Array], Array]:
    """Of (n, some) likenesses to some of the texts, and (some, some) `among` these: a function from what is wanted of
    each text, (n, classes), to what being like each of the some pulls, (some, classes)."""
    from scipy.linalg import cho_factor, cho_solve

    weighted = alike * weight[:, None]
    fitted = (weighted.T @ alike).astype(np.float64) + ridge * among
    fitted[np.diag_indices(len(fitted))] += least
    factor = cho_factor(fitted, overwrite_a=True, check_finite=False)

    def solved(wanted: Array) -> Array:
        return np.asarray(cho_solve(factor, (weighted.T @ wanted).astype(np.float64), check_finite=False))

    return solved
