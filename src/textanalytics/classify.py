"""A linear model with several heads over hashed words: fast, small, each decision traceable to its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.reading.features import BUCKETS, CUES, Hashes, scale, word_buckets, word_meanings
from textanalytics.words.blas import each
from textanalytics.words.page import Array, Column, Page

SOFTENING = {"mood": 1.8, "intent": 1.5}
"""Log odds are divided by this: a model fitted to clear sentences is surer than real messages warrant."""


@dataclass(frozen=True)
class Heads:
    """Weights of all heads side by side: `classes` names the columns of each head in turn."""

    classes: dict[str, tuple[str, ...]]
    buckets: FloatArray
    meanings: FloatArray
    cues: FloatArray
    bias: FloatArray

    def columns(self, head: str) -> slice:
        start = 0
        for name, classes in self.classes.items():
            if name == head:
                return slice(start, start + len(classes))
            start += len(classes)
        raise KeyError(head)

    def arrays(self) -> dict[str, Array]:
        """Only the rows that hold anything, in half precision: what is written to a file."""
        used = np.flatnonzero(np.abs(self.buckets).sum(axis=1))
        return {
            "used": used.astype(np.int32),
            "buckets": self.buckets[used].astype(np.float16),
            "meanings": self.meanings.astype(np.float32),
            "cues": self.cues.astype(np.float32),
            "bias": self.bias.astype(np.float32),
        }

    @classmethod
    def from_arrays(cls, classes: Mapping[str, Sequence[str]], arrays: Mapping[str, Array]) -> Heads:
        bias = np.asarray(arrays["bias"], np.float32)
        buckets = np.zeros((BUCKETS, len(bias)), np.float32)
        buckets[arrays["used"]] = arrays["buckets"]
        cues = np.asarray(arrays["cues"], np.float32)
        if cues.shape != (len(CUES), len(bias)):
            raise ValueError("The weights do not fit this version of the reader.")
        meanings = np.asarray(arrays["meanings"], np.float32)
        return cls({head: tuple(names) for head, names in classes.items()}, buckets, meanings, cues, bias)

    def words(self, words: Sequence[str]) -> FloatArray:
        """(words, columns): what each word alone gives to each class of each head."""
        return np.asarray(
            word_buckets(words) @ self.buckets + each(word_meanings(words), self.meanings), np.float32
        )


class HeadScores:
    """What the heads say of one page: log odds per text, and what each piece gave to them."""

    def __init__(
        self, heads: Heads, page: Page, pieces: FloatArray, logits: FloatArray, telling: BoolArray
    ) -> None:
        self.heads, self.page, self.pieces, self.logits = heads, page, pieces, logits
        self.telling = telling
        """(T,): pieces worth showing; little words decide nothing that a reader would understand."""

    def probabilities(self, head: str) -> FloatArray:
        """(n, classes)"""
        part = self.logits[:, self.heads.columns(head)] / SOFTENING.get(head, 1.0)
        odds = np.exp(part - part.max(axis=1, keepdims=True))
        return odds / odds.sum(axis=1, keepdims=True)

    def given(self, head: str, chosen: IntArray) -> FloatArray:
        """(T,): how much each piece spoke for the class chosen for its text, against the other classes."""
        part = self.pieces[:, self.heads.columns(head)]
        own = part[np.arange(len(part)), chosen[self.page.text]]
        return (own - part.mean(axis=1)) * self.telling


class Scorer:
    def __init__(self, heads: Heads) -> None:
        self.heads = heads
        self.hashes = Hashes()
        self.words = Column(heads.words)

    def read(self, page: Page, valence: FloatArray) -> HeadScores:
        pieces = self.words.over(page.vocabulary)[page.word]
        first, bucket, weights = self.hashes.pairs(page)
        pairs = self.heads.buckets[bucket] * (weights[:, None] / 2).astype(np.float32)
        pieces[first] += pairs
        pieces[first + 1] += pairs
        logits = page.total(pieces) * scale(page)[:, None] if len(pieces) else np.zeros((page.size, 1))
        logits = logits + each(self.hashes.cues(page, valence), self.heads.cues) + self.heads.bias
        telling = self.hashes.telling.over(page.vocabulary)[page.word]
        return HeadScores(self.heads, page, pieces, logits.astype(np.float32), telling)
