"""How right a list of judgements is, beside the labels that people gave."""

from __future__ import annotations

import resource
import sys
from collections.abc import Sequence

import numpy as np

from textanalytics.words.page import Array

BINS = 15


def accuracy(true: Sequence[str], said: Sequence[str]) -> float:
    return float(np.mean([a == b for a, b in zip(true, said, strict=True)]))


def macro_f1(true: Sequence[str], said: Sequence[str]) -> float:
    """The mean F1 over the classes that people used.

    >>> macro_f1(["a", "a", "b", "b"], ["a", "a", "b", "a"])
    0.7333333333333334
    """
    pairs = list(zip(true, said, strict=True))
    found = []
    for name in sorted(set(true)):
        hits = sum(a == b == name for a, b in pairs)
        found.append(2 * hits / (sum(a == name for a in true) + sum(b == name for b in said)))
    return float(np.mean(found))


def calibration_error(confidence: Array, right: Array) -> float:
    """Expected calibration error (Naeini, Cooper and Hauskrecht 2015): the gap between how sure and how often right,
    weighted over fifteen equal bins of confidence.

    >>> calibration_error(np.array([0.9, 0.9]), np.array([True, False]))
    0.4
    """
    place = np.minimum((np.asarray(confidence) * BINS).astype(np.int64), BINS - 1)
    gaps = np.bincount(place, weights=np.asarray(confidence) - np.asarray(right), minlength=BINS)
    return round(float(np.abs(gaps).sum() / len(place)), 12)


def auroc(score: Array, positive: Array) -> float | None:
    """The chance that a positive scores above a negative (ties count half); None when there is only one kind."""
    from scipy.stats import rankdata

    wanted = np.asarray(positive, np.bool_)
    yes, no = int(wanted.sum()), int((~wanted).sum())
    if not (yes and no):
        return None
    ranks = rankdata(score)
    return float((ranks[wanted].sum() - yes * (yes + 1) / 2) / (yes * no))


def peak_mb() -> int:
    """The most memory that this process has held, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1024 * 1024 if sys.platform == "darwin" else 1024))
