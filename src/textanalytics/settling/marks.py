"""What marks themes: the words that stand out in them and the one that names them, the words of each text, and their middles."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, members_of
from textanalytics.grammar.keywords import Weights, weigh
from textanalytics.words.sparse import csr_matrix

FIRST, NAMES = 3, 0.4
"""Of so many strongest words the first names a theme that so much of its messages hold."""

Meant = Callable[[Sequence[str]], FloatArray]
"""What texts mean: unit rows away from the middle of all."""


def leading(weights: Weights, count: int, matter: BoolArray | None = None) -> list[int]:
    """The stems of most weight, of those of `matter` (words,) if that is given."""
    words = [stem for stem in weights.words if matter is None or matter[stem]]
    return sorted(words, key=lambda stem: (-weights.words[stem], stem))[:count]


def names_of(labels: IntArray, corpus: Corpus, wanted: IntArray) -> dict[int, int]:
    """The stem that names each of the labels that are wanted, where one does."""
    weights, told = weigh(corpus.words, labels), corpus.matter() & corpus.tells()
    found, texts = {}, members_of(labels)
    for label in wanted.tolist():
        members = texts[label].tolist()
        for stem in leading(weights[label], FIRST, told):
            if sum(stem in corpus.held[i] for i in members) >= NAMES * len(members):
                found[label] = stem
                break
    return found


def without(corpus: Corpus, texts: IntArray, stems: Set[int]) -> list[str]:
    """These texts in lower case without these words."""
    words = corpus.words
    said = []
    for i in texts.tolist():
        own = words.stem[words.starts[i] : words.starts[i + 1]].tolist()
        said.append(
            " ".join(word for word, stem in zip(corpus.texts[i].lower, own, strict=True) if stem not in stems)
        )
    return said


def sums(labels: IntArray, rows: FloatArray) -> FloatArray:
    """(labels, d) the summed rows of each label from 0 up."""
    themed = np.flatnonzero(labels >= 0)
    ones = np.ones(len(themed), np.float32)
    shape = (int(labels.max(initial=-1)) + 1, len(labels))
    return np.asarray(csr_matrix((ones, (labels[themed], themed)), shape=shape) @ rows)


def centres(labels: IntArray, rows: FloatArray, names: Sequence[int]) -> FloatArray:
    """(names, d) unit rows."""
    return unit_rows(sums(labels, rows)[list(names)])


def unit_rows(rows: FloatArray) -> FloatArray:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9), np.float32)
