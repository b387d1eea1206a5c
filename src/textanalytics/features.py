"""A message as numbers for a linear model: hashed words, pairs of words and parts of words, and a few cues.

Everything but the cues is a sum over the pieces of the text, so a decision can be traced to its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix

from textanalytics import lexicons
from textanalytics.base import IntArray
from textanalytics.page import Array, Column, Page
from textanalytics.sentiment import compound

BUCKETS = 1 << 16
PART = 4
PART_WEIGHT = 0.6
PAIR_WEIGHT = 0.7
CUES = (
    "praise",
    "blame",
    "balance",
    "question mark",
    "exclamation mark",
    "opens by asking",
    "asks",
    "pleads",
    "speaks of oneself",
    "speaks to you",
    "negates",
    "holds a link",
    "length",
)
LISTS = ("asking", "pleading", "first person", "second person", "negators")


class Hashes:
    """Bucket of each word, and flags of each word in the closed lists."""

    def __init__(self) -> None:
        self.hashes = Column(lambda words: np.array([crc32(key(w)) for w in words], np.int64))
        self.flags = Column(list_flags)

    def pairs(self, page: Page) -> tuple[IntArray, IntArray]:
        """(first piece of each pair, bucket of each pair)."""
        hashes = self.hashes.over(page.vocabulary)[page.word]
        first = np.flatnonzero(page.text[1:] == page.text[:-1])
        return first, (hashes[first] * 31 + hashes[first + 1] * 1_000_003 + 7) % BUCKETS

    def cues(self, page: Page, valence: Array) -> Array:
        """(n, len(CUES)), each about 0 to 1."""
        flags = self.flags.over(page.vocabulary)[page.word]
        opening = np.zeros(len(page.word))
        seen = np.cumsum(flags[:, -1]) if len(flags) else opening
        start = np.searchsorted(page.text, np.arange(page.size))
        base = np.concatenate([[0], seen])[start][page.text] if len(flags) else opening
        opening = (flags[:, 0] > 0) & (seen - base <= 2)
        counts = page.total(flags.astype(np.float64))
        praise, blame = page.total(np.maximum(valence, 0)), page.total(np.maximum(-valence, 0))
        has = np.minimum(counts, 1.0)
        columns = [
            compound(praise),
            compound(blame),
            compound(praise - blame),
            has[:, 5],
            np.minimum(counts[:, 6], 3) / 3,
            np.minimum(page.total(opening.astype(np.float64)), 1),
            has[:, 0],
            has[:, 1],
            has[:, 2],
            has[:, 3],
            has[:, 4],
            has[:, 7],
            np.log1p(counts[:, 8]) / 4,
        ]
        return np.stack(columns, axis=1)


def key(word: str) -> bytes:
    """What is hashed: digits are alike, every mention is alike."""
    if word[0] == "@":
        return b"@"
    if not word.isalpha():
        word = "".join("0" if letter.isdigit() else letter for letter in word)
    return word.encode("utf-8", "surrogatepass")


def word_buckets(words: Sequence[str]) -> csr_matrix:
    """(words, BUCKETS): the word itself, and its parts of four letters, together of weight PART_WEIGHT."""
    columns: list[int] = []
    values: list[float] = []
    ends: list[int] = [0]
    for word in words:
        name = key(word)
        columns.append(crc32(name) % BUCKETS)
        values.append(1.0)
        if word.isalpha() and len(word) >= PART:
            marked = b"<" + name[:40] + b">"
            parts = {crc32(marked[i : i + PART], 1) % BUCKETS for i in range(len(marked) - PART + 1)}
            columns.extend(sorted(parts))
            values.extend([PART_WEIGHT / len(parts) ** 0.5] * len(parts))
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(words), BUCKETS), dtype=np.float32)


def text_buckets(page: Page, hashes: Hashes) -> csr_matrix:
    """(n, BUCKETS): the hashed features of whole texts, scaled by `scale`; what the model is trained on."""
    shape = (page.size, len(page.vocabulary.words))
    ones = np.ones(len(page.word), np.float32)
    words = csr_matrix((ones, (page.text, page.word)), shape=shape) @ word_buckets(page.vocabulary.words)
    first, bucket = hashes.pairs(page)
    weights = np.full(len(first), PAIR_WEIGHT, np.float32)
    pairs = csr_matrix((weights, (page.text[first], bucket)), shape=(page.size, BUCKETS))
    return (words + pairs).multiply(scale(page)[:, None]).tocsr()


def scale(page: Page) -> Array:
    """(n,): keeps long texts from shouting."""
    return 1.0 / np.sqrt(1.0 + np.bincount(page.text, minlength=page.size))


def list_flags(words: Sequence[str]) -> Array:
    """(words, 9): the closed lists, then question and exclamation marks, links, and real words twice."""
    lists = [lexicons.words(name) for name in LISTS]
    rows = [
        [word in listed for listed in lists]
        + ["?" in word, "!" in word, "://" in word, word[0].isalpha() and "://" not in word]
        for word in words
    ]
    return np.array(rows, np.float32).reshape(-1, len(LISTS) + 4)
