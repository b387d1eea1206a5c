"""Weigh how much each word, and each pair of words, distinguishes one group of texts from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import snowballstemmer

from textanalytics.base import IntArray
from textanalytics.grammar.compounds import head
from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.sentence import Text
from textanalytics.words.numbers import distinct

STEMMERS = {
    "en": "english",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}
REMEMBERED = 1 << 16
"""Words whose stems are remembered: all of a few thousand German messages have more than a quarter as many, and each step of
naming asks for them in the same order."""

LEAST_SHARE = 0.03
HIGHEST_RATIO = 4.0
"""Cap of the log ratio: a word that nobody else uses is rare, not more telling."""

MEANINGFUL = frozenset({Kind.OPEN, Kind.ADJECTIVE, Kind.PARTICLE})


@dataclass(frozen=True)
class Once:
    """Each item of each text once: `item[i]` is a place in `names`, `everywhere[item]` in how many texts it is."""

    names: IntArray
    item: IntArray
    text: IntArray
    everywhere: IntArray


@dataclass(frozen=True)
class Words:
    """All texts as arrays of numbers: `stem[i]` is the stem of token `i`, -1 for a function word."""

    stem: IntArray
    text: IntArray
    clause: IntArray
    starts: IntArray
    """(texts + 1): where the tokens of each text begin."""
    names: list[str]
    """The most frequent spelling of each stem."""

    @cached_property
    def alone(self) -> Once:
        return _once(self.stem, self.text)

    @cached_property
    def paired(self) -> Once:
        """Each pair of neighbours as one number: see `weigh`."""
        left, right = _neighbours(self)
        size = max(len(self.names), 1)
        return _once(self.stem[left] * size + self.stem[right], self.text[left])


def count_words(texts: Sequence[Text], languages: Sequence[str]) -> Words:
    known: dict[tuple[str, str], int] = {}
    word_of: list[tuple[str, str]] = []
    tokens: list[int] = []
    clauses: list[int] = []
    starts = [0]
    for text, language in zip(texts, languages, strict=True):
        for lower, kind, clause in zip(text.lower, text.kind, text.clause, strict=True):
            if kind in MEANINGFUL and not lower[0].isdigit() and len(lower) > 1:
                key = (language, lower)
                number = known.setdefault(key, len(known))
                if number == len(word_of):
                    word_of.append(key)
                tokens.append(number)
            else:
                tokens.append(-1)
            clauses.append(clause)
        starts.append(len(tokens))
    stems, names = _stems(
        word_of, np.bincount([t for t in tokens if t >= 0], minlength=len(word_of)), _german_nouns(texts)
    )
    flat = np.array(tokens, np.int64)
    stem = np.where(flat >= 0, stems[flat] if len(stems) else -1, -1)
    bounds = np.array(starts, np.int64)
    text_of = np.repeat(np.arange(len(texts)), np.diff(bounds))
    return Words(stem, text_of, np.array(clauses, np.int64), bounds, names)


def _german_nouns(texts: Sequence[Text]) -> dict[str, int]:
    """How often each is used, in lower case; told by the capital that most write it with."""
    uses: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text in texts:
        if text.german:
            uses.update(text.lower)
            large.update(word.lower() for word in text.words if word[0].isupper())
    return {word: count for word, count in large.items() if 2 * count > uses[word]}


def _stems(
    words: list[tuple[str, str]], counts: npt.NDArray[np.intp], nouns: Mapping[str, int]
) -> tuple[IntArray, list[str]]:
    known: dict[str, int] = {}
    best: list[int] = []
    stems = np.empty(len(words), np.int64)
    for place, (language, word) in enumerate(words):
        short = head(word, nouns) if word in nouns and language == "de" else word
        # A word that stands alone has no other form to be put together with.
        common = counts[place] > 1 or short != word
        stem = stem_of(short.removesuffix("'s"), language) if common else word
        number = known.setdefault(stem, len(known))
        stems[place] = number
        if number == len(best):
            best.append(place)
        elif counts[place] > counts[best[number]]:
            best[number] = place
    return stems, [words[place][1] for place in best]


def stem_of(word: str, language: str) -> str:
    """The word as it is in a language without a stemmer."""
    return _stem(word, language) if language in STEMMERS else word


@lru_cache(REMEMBERED)
def _stem(word: str, language: str) -> str:
    with _stemming:
        return str(_stemmer(language).stemWord(word))


@cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(STEMMERS[language])


_stemming = Lock()
"""A stemmer keeps the word it is at."""


@dataclass(frozen=True)
class Weights:
    """For one group of texts: the weight of each stem and of each pair of neighbouring stems."""

    words: dict[int, float]
    pairs: dict[int, float]


def weigh(words: Words, labels: IntArray) -> dict[int, Weights]:
    """A weight is root(p) * ln(p / q): p the share of the group's texts with the word, q that of all others."""
    singles, pairs = _contrast(words.alone, labels), _contrast(words.paired, labels)
    empty: dict[int, float] = {}
    groups = (int(label) for label in np.unique(labels) if label >= 0)
    return {label: Weights(singles.get(label, empty), pairs.get(label, empty)) for label in groups}


def _neighbours(words: Words) -> tuple[IntArray, IntArray]:
    """Tokens with meaning that follow one another in one clause, at most two small words apart."""
    place = np.flatnonzero(words.stem >= 0)
    left, right = place[:-1], place[1:]
    near = (
        (right - left <= 3)
        & (words.text[left] == words.text[right])
        & (words.clause[left] == words.clause[right])
    )
    return left[near], right[near]


def _once(item: IntArray, text: IntArray) -> Once:
    """Items below 0 are none."""
    known = item >= 0
    names, item = np.unique(item[known], return_inverse=True)
    once = distinct(text[known] * len(names) + item)
    text, item = np.divmod(once, max(len(names), 1))
    return Once(names, item, text, np.bincount(item, minlength=len(names)))


def _contrast(once: Once, labels: IntArray) -> dict[int, dict[int, float]]:
    names, item, text, everywhere = once.names, once.item, once.text, once.everywhere
    if not len(names):
        return {}
    grouped = labels[text] >= 0
    group, item = labels[text][grouped], item[grouped]
    cell, inside = np.unique(group * len(names) + item, return_counts=True)
    group, item = cell // len(names), cell % len(names)
    sizes = np.bincount(labels[labels >= 0])
    members = sizes[group]
    p = inside / members
    q = (everywhere[item] - inside + 1) / (len(labels) - members + 10)
    ratio = np.minimum(np.log(p / q), HIGHEST_RATIO)
    enough = (ratio > 0) & (p >= LEAST_SHARE) & ((inside > 1) | (members < 5))
    weights: dict[int, dict[int, float]] = {}
    weight = np.sqrt(p) * ratio
    for label, name, value in zip(group[enough], names[item[enough]], weight[enough], strict=True):
        weights.setdefault(int(label), {})[int(name)] = float(value)
    return weights
