"""Themes of two things of which the same is said: in reviews of laptops "Great computer" is "Laptop is great"."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.naming.belonging.twins import AGREE, BESIDE, ESTABLISHED, MOST
from textanalytics.settling.marks import centres, names_of, unit_rows, without
from textanalytics.settling.mixing import ASKED, mixing

WORDS, LEFT, MIXED = 0.42, 0.66, 0.75
"""Cosine of the words that name the two; and of the themes' middles without these words, and how much they mix then (`mixing`): nothing but the
word tells them apart. "Mortgage" and "loan", "food" and "restaurant" do not lie so near without their names, "alarm" and "timer" do not mix."""


def akin(
    titles: Collection[int],
    labels: IntArray,
    vectors: FloatArray,
    corpus: Corpus,
    encoder: Encoder,
    moods: IntArray,
) -> list[tuple[int, int]]:
    """(smaller, larger) of these labels that feel alike and are told apart by the word that names them alone; asked of each and the nearest larger
    one whose name is akin.

    `vectors` (n, d) are what the texts mean; `moods`: 1 praises, -1 blames, 0 neither. English only.
    """
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    large = (label for label in titles if sizes[label] >= ESTABLISHED)
    largest = sorted(large, key=lambda label: (-sizes[label], label))[:MOST]
    names = {} if corpus.is_german else names_of(labels, corpus, np.array(largest, np.int64))
    asked = [label for label in largest if label in names]
    if len(asked) < 2:
        return []
    middle = vectors[labels >= 0].mean(0)
    middles = centres(labels, unit_rows(vectors - middle), asked)
    words = encoder.encode([corpus.words.names[names[label]] for label in asked])
    felt = _felt(labels, moods)[:, asked]
    near = middles @ middles.T
    asked_of = (near >= BESIDE) & (words @ words.T >= WORDS)
    asked_of &= np.abs(felt[:, :, None] - felt[:, None, :]).max(axis=0) <= AGREE
    stems = np.array([names[label] for label in asked])
    asked_of &= stems[:, None] != stems
    near = np.where(np.tril(asked_of, -1), near, 0)
    found = []
    for place in np.flatnonzero(near.any(axis=1)).tolist():
        one, other = asked[place], asked[int(near[place].argmax())]
        drop = {names[one], names[other]}
        left = [without(corpus, some_of(labels, label), drop) for label in (one, other)]
        if _same(*(unit_rows(encoder.encode(said) - middle) for said in left)):
            found.append((one, other))
    return found


def _same(ours: FloatArray, theirs: FloatArray) -> bool:
    middles = unit_rows(np.stack([ours.mean(axis=0), theirs.mean(axis=0)]))
    return float(middles[0] @ middles[1]) >= LEFT and mixing(ours, theirs) >= MIXED


def _felt(labels: IntArray, moods: IntArray) -> FloatArray:
    """(2, labels) the shares that blame and that praise."""
    own, felt = labels[labels >= 0], moods[labels >= 0]
    count = np.maximum(np.bincount(own), 1)
    return np.stack([np.bincount(own, felt == mood) / count for mood in (-1, 1)]).astype(np.float32)


def some_of(labels: IntArray, label: int) -> IntArray:
    """As many of its texts as are asked, evenly spread."""
    texts = np.flatnonzero(labels == label)
    return texts[:: -(-len(texts) // ASKED)]
