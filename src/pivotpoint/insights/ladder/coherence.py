"""Whether a message really says what its theme says. A partition has a place for everything; a ladder must not."""

from __future__ import annotations

import numpy as np

from textanalytics.base import FloatArray, IntArray

NEAR = 0.42
"""Cosine to the most similar message of another person in the theme. Below it, by eye, two say different things."""

CENTRAL = 0.3
"""Cosine to the theme's mean."""

ALIKE = 0.6
"""Cosine of two messages that were left over, each the other's nearest: they say the same."""

COMPARED = 2_000
"""Members of a theme that each message is compared with."""


def loosen(vectors: FloatArray, labels: IntArray, people: IntArray) -> IntArray:
    """(n,) labels with -1 for messages that stand alone in their theme. Negative labels stay."""
    kept = labels.copy()
    order = np.argsort(labels, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(order) else ():
        if labels[group[0]] >= 0 and len(group) > 1:
            kept[group[~_belongs(vectors[group], people[group])]] = -1
    return kept


def pair(vectors: FloatArray, people: IntArray) -> IntArray:
    """(n,) a group number from 0 for each message: two that are each other's nearest share one."""
    if len(vectors) < 2:
        return np.arange(len(vectors))
    nearest = np.empty(len(vectors), np.int64)
    close = np.empty(len(vectors), np.float32)
    for start in range(0, len(vectors), COMPARED):
        likeness = vectors[start : start + COMPARED] @ vectors.T
        likeness[people[start : start + COMPARED, None] == people[None, :]] = -1
        nearest[start : start + COMPARED] = likeness.argmax(axis=1)
        close[start : start + COMPARED] = likeness.max(axis=1)
    mutual = (nearest[nearest] == np.arange(len(vectors))) & (close >= ALIKE)
    first = np.where(mutual, np.minimum(nearest, np.arange(len(vectors))), np.arange(len(vectors)))
    return np.unique(first, return_inverse=True)[1]


def _belongs(vectors: FloatArray, people: IntArray) -> np.ndarray:
    step = -(-len(vectors) // COMPARED)
    likeness = vectors @ vectors[::step].T
    likeness[people[:, None] == people[None, ::step]] = 0
    mean = vectors.mean(axis=0)
    central = vectors @ (mean / max(float(np.linalg.norm(mean)), 1e-9))
    return (likeness.max(axis=1) >= NEAR) & (central >= CENTRAL)
