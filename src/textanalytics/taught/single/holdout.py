"""Which examples to hold out in turn, so that a model can be asked about what it has not seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from textanalytics.base import IntArray

FOLDS = 5
MANY = 3_000
"""Examples from which one fifth is enough to learn from: one fold, not five."""

LEAST_CLASSES = 5
"""Fewer classes cannot spare one to stand for strangers."""


@dataclass(frozen=True)
class Part:
    taught: IntArray
    asked: IntArray


def parts(true: IntArray, classes: int, *, none: bool, seed: int) -> Iterator[Part]:
    """Folds of the examples, alike in classes. `none` leaves a fifth of the classes out of each fold's teaching;
    examples of no class (-1) are asked about, never taught."""
    chance = np.random.default_rng(seed)
    order = chance.permutation(len(true))
    order = order[np.argsort(true[order], kind="stable")]
    fold = np.empty(len(true), np.int64)
    fold[order] = (np.arange(len(true)) - np.searchsorted(true[order], true[order])) % FOLDS
    left_out = (
        chance.permutation(classes) % FOLDS if none and classes >= LEAST_CLASSES else np.full(classes, -1)
    )
    inside = true >= 0
    stranger_fold = np.where(inside, left_out[true], -1)
    for number in range(1 if len(true) > MANY else FOLDS):
        hidden = inside & (stranger_fold == number)
        taught = np.flatnonzero(inside & (fold != number) & ~hidden)
        asked = np.flatnonzero((fold == number) | hidden | ~inside)
        if len(np.unique(true[taught])) >= 2 and len(asked):
            yield Part(taught, asked)
