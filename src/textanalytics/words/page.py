"""A batch of texts, split once into pieces that every analyser shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from textanalytics.base import BoolArray, IntArray
from textanalytics.speakers.turns import customers_words
from textanalytics.text import opening
from textanalytics.words.numbers import Numbers
from textanalytics.words.sparse import csr_matrix
from textanalytics.words.typed import Typed

Array = npt.NDArray[Any]

LONGEST = 20_000
"""Characters of one text that are read: an opening of this length decides; the rest is not looked at."""

CHARACTERS_A_WORD = 40
"""Typed words that are this long on average fill a vocabulary, too: who types no blanks must not fill the memory."""


class Vocabulary:
    """Numbers for words, so that whatever is known of a word is worked out once and then indexed.

    It starts afresh when it has grown past `limit`, so memory is bounded on any stream. What is known of a
    word never depends on the other words, so starting afresh changes no result. No two beginnings have the same
    `generation`, of whatever vocabulary.
    """

    def __init__(self, limit: int = 100_000) -> None:
        self.limit = limit
        self.start_afresh()

    def refresh(self) -> None:
        typed = self.typed
        if max(len(self.words), len(typed) // 2, typed.characters // CHARACTERS_A_WORD) > self.limit:
            self.start_afresh()

    def start_afresh(self) -> None:
        self.numbers = Numbers()
        self.words, self.generation = self.numbers.words, self.numbers.generation
        self.typed = Typed(self.numbers)


class Worded(Protocol):
    """What numbers words, and starts afresh now and then."""

    generation: int
    words: list[str]


class Column:
    """One fact, or a row of facts, for each word of a vocabulary, worked out when the word is first met."""

    def __init__(self, compute: Callable[[Sequence[str]], Array]) -> None:
        self.compute = compute
        self.generation = -1
        self.values: Array | None = None

    def over(self, vocabulary: Worded) -> Array:
        """(words, …) of all words of the vocabulary so far, those that are new computed now."""
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
    starts: IntArray
    ends: IntArray
    typed: IntArray
    """(t,) what stands between blanks, by its number in `vocabulary.typed`; `typed_in` says in which text."""
    typed_in: IntArray

    @property
    def size(self) -> int:
        return len(self.texts)

    @cached_property
    def spread(self) -> csr_matrix:
        """(n, T): 1 where a piece belongs to a text."""
        ones = np.ones(len(self.text), np.float32)
        ends = np.searchsorted(self.text, np.arange(self.size + 1))
        return csr_matrix((ones, np.arange(len(self.text)), ends), shape=(self.size, len(self.text)))

    def total(self, values: Array) -> Array:
        """(n,) or (n, k): the sum over each text of a value per piece."""
        if values.ndim == 1:
            return np.bincount(self.text, weights=values, minlength=self.size)
        return np.asarray(self.spread @ values)

    @cached_property
    def bag(self) -> csr_matrix:
        """(n, words so far): 1 for each piece of a text, in their order, where its word is."""
        ends = np.searchsorted(self.text, np.arange(self.size + 1))
        ones = np.ones(len(self.word), np.float32)
        return csr_matrix((ones, self.word, ends), shape=(self.size, len(self.vocabulary.words)))

    def sum(self, known: Array) -> Array:
        """(n, k): the sum over each text of what is known of a word, (words, k), without a row for every piece."""
        return np.asarray(self.bag @ known[: self.bag.shape[1]])

    def before(self, flags: Array, steps: int) -> Array:
        """(T,): whether `flags` holds for the piece that stands `steps` earlier in the same text."""
        out = np.zeros_like(flags)
        if steps < len(flags):
            out[steps:] = flags[:-steps] & (self.text[steps:] == self.text[:-steps])
        return out

    def after(self, flags: Array, steps: int) -> Array:
        """(T,): the same for the piece that stands `steps` later."""
        out = np.zeros_like(flags)
        if steps < len(flags):
            out[:-steps] = flags[steps:] & (self.text[steps:] == self.text[:-steps])
        return out


def open_page(texts: Sequence[str], vocabulary: Vocabulary) -> Page:
    """Of a transcript the customer's words alone, in their places (`turns`)."""
    vocabulary.refresh()
    texts = [customers_words(text) for text in texts]
    begins = [opening(text) for text in texts]
    number = vocabulary.typed.__getitem__
    typed: list[int] = []
    counts: list[int] = []
    for text, begin in zip(texts, begins, strict=True):
        said = text[begin:LONGEST].split(" ")
        typed.extend(map(number, said))
        counts.append(len(said))
    words, typed_in = np.array(typed, np.int64), np.repeat(np.arange(len(texts)), counts)
    parted = vocabulary.typed.parted(words)
    after = np.cumsum(parted.length + 1)
    at = after - parted.length - 1
    first = np.cumsum(counts, dtype=np.int64) - np.array(counts, np.int64)
    at += np.repeat(np.array(begins, np.int64) - at[first], counts)
    shift = np.repeat(at, parted.count)
    return Page(
        texts=texts,
        vocabulary=vocabulary,
        word=parted.number,
        text=np.repeat(typed_in, parted.count),
        starts=parted.start + shift,
        ends=parted.end + shift,
        typed=words,
        typed_in=typed_in,
    )


def listed(words: Sequence[str], lists: Sequence[frozenset[str]]) -> BoolArray:
    """(words, lists): whether each word is on each list."""
    places = _places(*lists)
    table = np.zeros((len(words), len(lists)), np.bool_)
    for i, word in enumerate(words):
        if word in places:
            table[i, places[word]] = True
    return table


@cache
def _places(*lists: frozenset[str]) -> dict[str, list[int]]:
    """The lists on which each word is, by number. There are a few sets of lists in all."""
    places: dict[str, list[int]] = {}
    for place, some in enumerate(lists):
        for word in some:
            places.setdefault(word, []).append(place)
    return places
