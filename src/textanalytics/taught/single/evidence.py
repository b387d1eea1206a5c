"""The words that decided for a taught class."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from textanalytics.base import FloatArray, IntArray, Span
from textanalytics.reading.evidence import strongest
from textanalytics.reading.features import key, shows, word_weights
from textanalytics.taught.single.margins import Weights
from textanalytics.taught.single.views import BATCH, BUCKETS, Parts, unit_rows
from textanalytics.words.page import Vocabulary, open_page
from textanalytics.words.sparse import csr_matrix, diags, hstack


def deciding(texts: Sequence[str], chosen: IntArray, weights: Weights) -> list[list[Span]]:
    """At most four spans of each text: the words that spoke most for its class against the others."""
    spans: list[list[Span]] = []
    for start in range(0, len(texts), BATCH):
        page = open_page(texts[start : start + BATCH], Vocabulary())
        known = page.vocabulary.words
        given = by_word(known, weights)
        given -= given.mean(axis=1, keepdims=True)
        shown = np.array([shows(word) for word in known], np.float64) * word_weights(known)
        pieces = given[page.word, chosen[start : start + BATCH][page.text]] * shown[page.word]
        spans += [found or [] for found in strongest(page, pieces, floor=0.0)]
    return spans


def by_word(known: Sequence[str], weights: Weights) -> FloatArray:
    """(words, classes): what each word alone, with its parts, gives to the margin of each class."""
    rows = np.arange(len(known))
    buckets = np.array([crc32(key(word)) % BUCKETS for word in known], np.int64)
    alone = csr_matrix((np.ones(len(known), np.float32), (rows, buckets)), shape=(len(known), BUCKETS))
    both = hstack([alone, unit_rows(Parts().of(known).astype(np.float32))]).tocsr()
    scaling = weights.scaling
    table = both[:, scaling.used] @ diags(scaling.rarity)
    return np.asarray(table @ weights.table[: len(scaling.used)], np.float32)
