"""A linear model with several heads over hashed words: fast, small, and every decision traceable to its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.features import BUCKETS, CUES, PAIR_WEIGHT, Hashes, scale, word_buckets
from textanalytics.page import Array, Column, Page


@dataclass(frozen=True)
class Heads:
    """Weights of all heads side by side: `classes` names the columns of each head in turn."""

    classes: dict[str, tuple[str, ...]]
    buckets: FloatArray
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
        return cls({head: tuple(names) for head, names in classes.items()}, buckets, cues, bias)


class HeadScores:
    """What the heads say of one page: log odds per text, and what each piece gave to them."""

    def __init__(self, heads: Heads, page: Page, pieces: FloatArray, logits: FloatArray) -> None:
        self.heads, self.page, self.pieces, self.logits = heads, page, pieces, logits

    def probabilities(self, head: str) -> FloatArray:
        """(n, classes)"""
        part = self.logits[:, self.heads.columns(head)]
        odds = np.exp(part - part.max(axis=1, keepdims=True))
        return odds / odds.sum(axis=1, keepdims=True)

    def given(self, head: str, chosen: IntArray) -> FloatArray:
        """(T,): how much each piece spoke for the class chosen for its text, against the other classes."""
        part = self.pieces[:, self.heads.columns(head)]
        own = part[np.arange(len(part)), chosen[self.page.text]]
        return own - part.mean(axis=1)


class Scorer:
    def __init__(self, heads: Heads) -> None:
        self.heads = heads
        self.hashes = Hashes()
        self.words = Column(lambda words: np.asarray(word_buckets(words) @ heads.buckets, np.float32))

    def read(self, page: Page, valence: FloatArray) -> HeadScores:
        pieces = self.words.over(page.vocabulary)[page.word]
        first, bucket = self.hashes.pairs(page)
        pairs = self.heads.buckets[bucket] * (PAIR_WEIGHT / 2)
        pieces[first] += pairs
        pieces[first + 1] += pairs
        logits = page.total(pieces) * scale(page)[:, None] if len(pieces) else np.zeros((page.size, 1))
        logits = logits + self.hashes.cues(page, valence) @ self.heads.cues + self.heads.bias
        return HeadScores(self.heads, page, pieces, logits.astype(np.float32))
