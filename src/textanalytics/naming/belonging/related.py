"""Which theme a reader should see beside another: each is the other's nearest, and they are told in like words or lie close, or one is of a
thing of which the other is more."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.keywords import Weights, weigh
from textanalytics.naming.belonging.twins import said_in
from textanalytics.settling.marks import centres, unit_rows
from textanalytics.words.sparse import csr_matrix

FEWEST, MOST = 3, 1_000
"""Messages of a theme that has another beside it, and themes that are asked, those of the most messages."""

TITLED, WORDED, MARKED, BROADER, NEAREST = 0.4, 0.33, 0.33, 0.5, 0.62
"""Cosine of the middles of two themes one of whose titles says what the other says; of two others; of the words that mark these; of the
middles of a theme and a broader one, whose title is a piece of its own; and of two that have no such other."""


def related(
    titles: Mapping[int, str], labels: IntArray, vectors: FloatArray, corpus: Corpus, encoder: Encoder
) -> dict[int, int]:
    """The label beside each that has one: of "Winners of the contest" and "Concert tickets" the other, of "Debit card" the broader "Card".
    `vectors` (n, d) are what the texts mean.

    English only.
    """
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    known = sorted(
        (label for label in titles if sizes[label] >= FEWEST), key=lambda label: (-sizes[label], label)
    )
    asked = known[:MOST]
    if corpus.is_german or len(asked) < 2:
        return {}
    middles = centres(labels, unit_rows(vectors - vectors[labels >= 0].mean(0)), asked)
    near = middles @ middles.T
    weights = weigh(corpus.words, labels)
    marked = _shared([weights[label] for label in asked], len(corpus.words.names))
    within, like = said_in([titles[label] for label in asked], corpus, encoder)
    beside = (within | within.T | like) & (near >= TITLED)
    beside |= (near >= WORDED) & (marked >= MARKED)
    shared = marked > 0  # Word pieces are like one another: "sushi" and "Toshiba".
    np.fill_diagonal(shared, False)
    broader = np.where(within.T & ~within & (near >= BROADER) & shared, near, -1)
    best = _each_others(np.where(beside & shared, near + marked, -1))
    best = np.where((best < 0) & (broader > 0).any(axis=1), broader.argmax(axis=1), best)
    alone = (best < 0)[:, None] & (best < 0)
    best = np.maximum(best, _each_others(np.where(alone & shared & (near >= NEAREST), near, -1)))
    each = np.flatnonzero(best >= 0)
    return {asked[one]: asked[best[one]] for one in each.tolist()}


def _each_others(score: FloatArray) -> IntArray:
    """(n,) the one of the highest score, where each is the other's; else -1."""
    best = score.argmax(axis=1)
    each = np.arange(len(score))
    return np.where((score[each, best] > 0) & (best[best] == each), best, -1)


def _shared(weights: list[Weights], words: int) -> FloatArray:
    """(themes, themes) the cosine of the words that mark them."""
    rows = np.repeat(np.arange(len(weights)), [len(one.words) for one in weights])
    columns = np.array([stem for one in weights for stem in one.words], np.int64)
    values = np.array([weight for one in weights for weight in one.words.values()], np.float32)
    held = csr_matrix((values, (rows, columns)), shape=(len(weights), max(words, 1)))
    both = np.asarray((held @ held.T).toarray(), np.float32)
    length = np.sqrt(np.maximum(both.diagonal(), 1e-9))
    return np.asarray(both / (length[:, None] * length), np.float32)
