"""Classes as centres of meaning: linear discriminants with a shrunken spread, good from one example a class.

Fisher's discriminant with the covariance shrunk towards a ball (Friedman 1989).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from textanalytics.base import FloatArray, IntArray

SHRINK_FEW = 10.0


@dataclass(frozen=True)
class Centres:
    """`slopes` (dimensions, classes) and `bias` give the log odds of each class."""

    slopes: FloatArray
    bias: FloatArray

    def odds(self, meanings: FloatArray) -> FloatArray:
        """(n, classes) log odds, all classes being equally likely before."""
        return np.asarray(meanings @ self.slopes + self.bias, np.float32)


def fit(meanings: FloatArray, classes: IntArray, names: FloatArray) -> Centres:
    """`names` (classes, dimensions) holds the meaning of each class's name, or zeros; it counts as one example."""
    count = len(names)
    sizes = np.bincount(classes, minlength=count).astype(np.float32)
    sums = np.zeros((count, meanings.shape[1]), np.float32)
    np.add.at(sums, classes, meanings)
    own = sums / np.maximum(sizes, 1)[:, None]
    named = np.abs(names).sum(axis=1) > 0
    centres = (sums + names) / np.maximum(sizes + named, 1)[:, None]
    within = meanings - own[classes]
    spread = within.T @ within / max(len(meanings) - count, 1)
    shrink = float(np.clip(SHRINK_FEW / max(float(np.median(sizes)), 1.0), 1.0, 10.0))
    ball = max(float(np.trace(spread)) / len(spread), 1e-3)
    precision = np.linalg.inv(spread + shrink * ball * np.eye(len(spread), dtype=np.float32))
    slopes = precision @ centres.T
    bias = -0.5 * np.einsum("ij,ji->i", centres, slopes)
    return Centres(slopes.astype(np.float32), bias.astype(np.float32))


def telling_names(names: FloatArray, centres: Centres, sizes: IntArray) -> bool:
    """Whether most names say what their class is about: they lie nearest to their own centre."""
    own = np.arange(len(names))
    lit = (np.abs(names).sum(axis=1) > 0) & (sizes > 0)
    return bool(lit.any() and np.mean(centres.odds(names).argmax(axis=1)[lit] == own[lit]) >= 0.5)
