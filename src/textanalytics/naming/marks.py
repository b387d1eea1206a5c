"""What marks themes: the words that stand out in them, the words of each text, and their middles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.grammar.keywords import Weights, Words


def leading(weights: Weights, count: int, matter: BoolArray | None = None) -> list[int]:
    """The stems of most weight, of those of `matter` (words,) if that is given."""
    words = [stem for stem in weights.words if matter is None or matter[stem]]
    return sorted(words, key=lambda stem: (-weights.words[stem], stem))[:count]


def words_of(words: Words, texts: int) -> list[frozenset[int]]:
    """The words of each text, by stem."""
    return [
        frozenset(words.stem[start:end].tolist()) - {-1}
        for start, end in zip(words.starts[:texts], words.starts[1:], strict=True)
    ]


def sums(labels: IntArray, rows: FloatArray) -> FloatArray:
    """(labels, d) the summed rows of each label from 0 up."""
    found = np.zeros((int(labels.max(initial=-1)) + 1, rows.shape[1]), np.float32)
    themed = labels >= 0
    np.add.at(found, labels[themed], rows[themed])
    return found


def centres(labels: IntArray, rows: FloatArray, names: Sequence[int]) -> FloatArray:
    """(names, d) unit rows."""
    return unit_rows(sums(labels, rows)[list(names)])


def unit_rows(rows: FloatArray) -> FloatArray:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9), np.float32)
