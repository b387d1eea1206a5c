"""German themes around a noun that everybody uses: "Mitarbeiter", "Platz". Without it their messages are as unlike as any."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.keywords import Weights
from textanalytics.settling.gathering import alike

FEWEST, MOST = 12, 64
"""Texts of which it is asked; of fewer two that happen to be alike decide."""

LIKE_ANY = 0.03
"""Mean cosine of what is left of the texts without the noun, away from the mean of all, below which they are like any others."""


def around_a_noun(
    corpus: Corpus,
    weights: Mapping[int, Weights],
    members: Mapping[int, IntArray],
    *,
    vectors: FloatArray,
    encoder: Encoder,
) -> frozenset[int]:
    """Labels of texts that have their strongest noun in common, and nothing else; `vectors` are zeros for texts that have no label."""
    asked = {label: texts for label, texts in members.items() if FEWEST <= len(texts) <= MOST}
    known = vectors.any(axis=1)
    if not asked or not known.any():
        return frozenset()
    middle = vectors[known].mean(0)
    return frozenset(
        label
        for label, texts in asked.items()
        if _without(corpus, weights[label], texts, encoder, middle) < LIKE_ANY
    )


def _without(
    corpus: Corpus, weights: Weights, texts: IntArray, encoder: Encoder, middle: FloatArray
) -> float:
    """How alike two of the texts are, on average, without the strongest noun and its compounds."""
    noun = max(weights.words, key=lambda stem: (weights.words[stem], -stem))
    some = texts[np.unique(corpus.printed[texts], return_index=True)[1]]
    left = [_left(corpus, text, noun) for text in some.tolist()]
    rows = encoder.encode(left) - middle
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return alike(np.asarray(rows, np.float32))


def _left(corpus: Corpus, text: int, noun: int) -> str:
    read, starts = corpus.texts[text], corpus.words.starts
    own = set(corpus.nouns.keys(corpus.words.names[noun]))
    stems = corpus.words.stem[starts[text] : starts[text + 1]].tolist()
    words = zip(read.words, read.lower, stems, strict=True)
    return " ".join(
        word for word, lower, stem in words if stem != noun and own.isdisjoint(corpus.nouns.keys(lower))
    )
