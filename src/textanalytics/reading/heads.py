"""A linear model with several heads over hashed words: fast, small, each decision traceable to its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.reading.features import BUCKETS, CUES, Hashes, scale, word_buckets, word_meanings
from textanalytics.words.blas import each
from textanalytics.words.numbers import distinct
from textanalytics.words.page import Array, Page

SOFTENING = {"mood": 1.8, "intent": 1.5}
"""Log odds are divided by this: a model fitted to clear sentences is surer than real messages warrant."""


@dataclass(frozen=True)
class Heads:
    """Weights of all heads side by side: `classes` names the columns of each head in turn.

    Each of `languages` has weights of its own, along the first axis of every table, so that the words of one never
    blur what those of another mean; the last, "", read every other language. What is too short to have one is read by
    the first: its slang, names and marks are mostly those of the English of the net.
    """

    classes: dict[str, tuple[str, ...]]
    languages: tuple[str, ...]
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

    def places(self, languages: Sequence[str]) -> IntArray:
        """(n,) which weights read a text of each of these languages."""
        place = {language: i for i, language in enumerate(self.languages)} | {"und": 0}
        other = len(self.languages) - 1
        return np.array([place.get(language, other) for language in languages], np.int64)

    def arrays(self) -> dict[str, Array]:
        """Only the rows that hold anything, in half precision: what is written to a file."""
        buckets = self.buckets.reshape(-1, self.buckets.shape[-1])
        used = np.flatnonzero(np.abs(buckets).sum(axis=1))
        return {
            "used": used.astype(np.int32),
            "buckets": buckets[used].astype(np.float16),
            "meanings": self.meanings.astype(np.float32),
            "cues": self.cues.astype(np.float32),
            "bias": self.bias.astype(np.float32),
        }

    @classmethod
    def from_arrays(
        cls, classes: Mapping[str, Sequence[str]], languages: Sequence[str], arrays: Mapping[str, Array]
    ) -> Heads:
        """What `arrays` made; ValueError when it was made for other cues."""
        bias = np.asarray(arrays["bias"], np.float32)
        cues = np.asarray(arrays["cues"], np.float32)
        if cues.shape != (len(languages), len(CUES), bias.shape[-1]):
            raise ValueError("The weights do not fit this version of the reader.")
        rows = np.zeros((len(languages) * BUCKETS, bias.shape[-1]), np.float32)
        rows[arrays["used"]] = arrays["buckets"]
        buckets = rows.reshape(len(languages), BUCKETS, -1)
        meanings = np.asarray(arrays["meanings"], np.float32)
        named = {head: tuple(names) for head, names in classes.items()}
        return cls(named, tuple(languages), buckets, meanings, cues, bias)

    def words(self, place: int, words: Sequence[str]) -> FloatArray:
        """(words, columns): what each word alone gives to each class of each head in one language."""
        given = word_buckets(words) @ self.buckets[place]
        return np.asarray(given + each(word_meanings(words), self.meanings[place]), np.float32)


class Given:
    """What words give by themselves, worked out when a word is first met in a language."""

    def __init__(self, heads: Heads) -> None:
        self.heads = heads
        self.generation = -1
        self.rows = np.full((len(heads.languages), 0), -1, np.int64)
        self.values = np.zeros((0, heads.bias.shape[-1]), np.float32)

    def over(self, page: Page, place: IntArray) -> FloatArray:
        """(T, columns) for the pieces of a page, each read in the language of the weights at `place` (T,)."""
        self._grow(page)
        cells = place * self.rows.shape[1] + page.word
        rows = self.rows.ravel().take(cells)
        if (rows < 0).any():
            for language in range(len(self.rows)):
                self._meet(page, language, distinct(page.word[(rows < 0) & (place == language)]))
            rows = self.rows.ravel().take(cells)
        return self.values.take(rows, axis=0)

    def _grow(self, page: Page) -> None:
        if self.generation != page.vocabulary.generation:
            self.generation = page.vocabulary.generation
            self.rows, self.values = self.rows[:, :0], self.values[:0]
        more = len(page.vocabulary.words) - self.rows.shape[1]
        if more > 0:
            self.rows = np.pad(self.rows, ((0, 0), (0, more)), constant_values=-1)

    def _meet(self, page: Page, language: int, fresh: IntArray) -> None:
        if len(fresh):
            words = [page.vocabulary.words[i] for i in fresh.tolist()]
            self.rows[language, fresh] = np.arange(len(self.values), len(self.values) + len(fresh))
            self.values = np.concatenate([self.values, self.heads.words(language, words)])


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
        self.given = Given(heads)
        self.buckets = heads.buckets.reshape(-1, heads.buckets.shape[-1])

    def read(self, page: Page, valence: FloatArray, languages: Sequence[str]) -> HeadScores:
        """Each text by the weights of its language."""
        place = self.heads.places(languages)
        pieces = self.given.over(page, place[page.text])
        first, bucket, weights = self.hashes.pairs(page)
        pairs = self.buckets.take(place[page.text[first]] * BUCKETS + bucket, axis=0)
        pairs *= (weights[:, None] / 2).astype(np.float32)
        pieces[first] += pairs
        pieces[first + 1] += pairs
        logits = page.total(pieces) * scale(page)[:, None] if len(pieces) else np.zeros((page.size, 1))
        cues = self.hashes.cues(page, valence)
        logits = logits + self.heads.bias[place]
        for language in np.unique(place).tolist():
            own = place == language
            logits[own] += each(cues[own], self.heads.cues[language])
        telling = self.hashes.telling.over(page.vocabulary)[page.word]
        return HeadScores(self.heads, page, pieces, logits.astype(np.float32), telling)
