"""A batch of texts, split once into pieces that every analyser shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from textanalytics.base import IntArray, Span
from textanalytics.sparse import csr_matrix
from textanalytics.text import PIECES, opening

Array = npt.NDArray[Any]

LONGEST = 20_000
"""Characters of one text that are read: an opening of this length decides; the rest is not looked at."""

WORTH_KEEPING = 24
"""Longer pieces (links, keyboard noise) seldom come twice, so their typed form is not remembered."""

URL_PIECE = "https://"


class Vocabulary:
    """Numbers for words, so that whatever is known of a word is worked out once and then indexed.

    It starts afresh when it has grown past `limit`, so memory is bounded on any stream. What is known of a
    word never depends on the other words, so starting afresh changes no result.
    """

    def __init__(self, limit: int = 100_000) -> None:
        self.limit = limit
        self.generation = 0
        self.numbers: dict[str, int] = {}
        self.words: list[str] = []

    def refresh(self) -> None:
        if len(self.numbers) > self.limit:
            self.generation += 1
            self.numbers, self.words = {}, []

    def number(self, piece: str) -> int:
        """The number of a piece as it was typed, which is that of its spelling."""
        word = spelling(piece)
        found = self.numbers.get(word)
        if found is None:
            found = self.numbers[word] = len(self.words)
            self.words.append(word)
        if len(piece) <= WORTH_KEEPING:
            self.numbers[piece] = found
        return found


class Column:
    """One fact, or a row of facts, for each word of a vocabulary, worked out when the word is first met."""

    def __init__(self, compute: Callable[[Sequence[str]], Array]) -> None:
        self.compute = compute
        self.generation = -1
        self.values: Array | None = None

    def over(self, vocabulary: Vocabulary) -> Array:
        if self.generation != vocabulary.generation or self.values is None:
            self.generation, self.values = vocabulary.generation, self.compute(vocabulary.words)
        elif len(self.values) < len(vocabulary.words):
            fresh = self.compute(vocabulary.words[len(self.values) :])
            self.values = np.concatenate([self.values, fresh])
        return self.values


@dataclass(frozen=True)
class Page:
    """T pieces of n texts: word number, text number, and where each piece stands in its text."""

    texts: Sequence[str]
    vocabulary: Vocabulary
    word: IntArray
    text: IntArray
    starts: Sequence[int]
    ends: Sequence[int]

    @property
    def size(self) -> int:
        return len(self.texts)

    @cached_property
    def starts_at(self) -> IntArray:
        """`starts` for whoever wants many at once."""
        return np.array(self.starts, np.int64)

    @cached_property
    def ends_at(self) -> IntArray:
        return np.array(self.ends, np.int64)

    def total(self, values: Array) -> Array:
        """(n,) or (n, k): the sum over each text of a value per piece."""
        if values.ndim == 1:
            return np.bincount(self.text, weights=values, minlength=self.size)
        spread = csr_matrix(
            (np.ones(len(self.text), np.float32), self.text, np.arange(len(self.text) + 1)),
            shape=(len(self.text), self.size),
        )
        return np.asarray(spread.T @ values)

    def before(self, flags: Array, steps: int) -> Array:
        """(T,): whether `flags` holds for the piece that stands `steps` earlier in the same text."""
        out = np.zeros_like(flags)
        if steps < len(flags):
            out[steps:] = flags[:-steps] & (self.text[steps:] == self.text[:-steps])
        return out

    def after(self, flags: Array, steps: int) -> Array:
        out = np.zeros_like(flags)
        if steps < len(flags):
            out[:-steps] = flags[steps:] & (self.text[steps:] == self.text[:-steps])
        return out

    def span(self, piece: int) -> Span:
        return self.starts[piece], self.ends[piece]


def open_page(texts: Sequence[str], vocabulary: Vocabulary) -> Page:
    vocabulary.refresh()
    numbers = vocabulary.numbers
    known, fresh = numbers.get, vocabulary.number
    word: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    counts: list[int] = []
    for text in texts:
        before = len(starts)
        for match in PIECES.finditer(text, opening(text), LONGEST):
            piece = match[0]
            number = known(piece)
            if number is None:
                number = fresh(piece)
            word.append(number)
            start, end = match.span()
            starts.append(start)
            ends.append(end)
        counts.append(len(starts) - before)
    text_numbers = np.repeat(np.arange(len(texts)), counts)
    return Page(texts, vocabulary, np.array(word, np.int64), text_numbers, starts, ends)


def open_words(texts: Sequence[str], vocabulary: Vocabulary) -> Page:
    """`open_page` without where the pieces stand, in a third of the time: for whoever shows no evidence."""
    vocabulary.refresh()
    known, fresh = vocabulary.numbers.get, vocabulary.number
    word: list[int] = []
    counts: list[int] = []
    for text in texts:
        pieces = PIECES.findall(text, opening(text), LONGEST)
        counts.append(len(pieces))
        for piece in pieces:
            number = known(piece)
            word.append(fresh(piece) if number is None else number)
    text_numbers = np.repeat(np.arange(len(texts)), counts)
    return Page(texts, vocabulary, np.array(word, np.int64), text_numbers, (), ())


def spelling(piece: str) -> str:
    """The form in which a piece is looked up: lower case, straight apostrophes, one word for any link."""
    lowered = piece.lower()
    if lowered.startswith(("http:", "https:", "www.")) and len(piece) > 4:
        return URL_PIECE
    return lowered.replace("’", "'") if len(lowered) <= 64 else lowered[:64]
