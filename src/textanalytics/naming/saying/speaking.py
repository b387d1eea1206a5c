"""Which words of the texts speak of what a title says."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

import numpy as np

from textanalytics.base import FloatArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.keywords import stem_of
from textanalytics.text import tokens

LIKE = 0.42
"""Cosine of two words, away from the mean of all texts, from which on one speaks of what the other says."""

GLUED = 4
"""Letters of a title's word, or of two of them in one ("wifi"), that also tell it at either end of another: "#goodservice"."""


class Speaking:
    """Which words speak of what a title says; of each word it is asked once."""

    def __init__(self, corpus: Corpus, rows: FloatArray) -> None:
        """`rows` (words, d): what each word means, unit, away from the mean of all texts."""
        self._rows, self._names = rows, corpus.words.names
        self._known: dict[str, frozenset[int]] = {}

    @cached_property
    def _of(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for stem, name in enumerate(self._names):
            found[stem_of(name, "en")].append(stem)
        return dict(found)

    @cached_property
    def _ends(self) -> dict[str, list[int]]:
        """Nobody who asks of no title waits for it."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for stem, name in enumerate(self._names):
            for end in _ends("".join(filter(str.isalnum, name))):
                found[end].append(stem)
        return dict(found)

    def of(self, title: str) -> list[frozenset[int]]:
        """For each word of the title that means something the words that speak of it."""
        words = [word for word, _, _ in tokens(title)]
        told = [word for word in words if stem_of(word, "en") in self._of]
        joined = ["".join(pair) for pair in zip(words, words[1:], strict=False)]
        return [
            self._like(word).union(*(self._ends.get(whole, ()) for whole in joined if word in whole))
            for word in told
        ]

    def _like(self, word: str) -> frozenset[int]:
        if word not in self._known:
            own = self._of[stem_of(word, "en")]
            like = np.flatnonzero((self._rows @ self._rows[own].T).max(1) >= LIKE).tolist()
            self._known[word] = frozenset([*own, *like, *self._ends.get(word, ())])
        return self._known[word]


def _ends(letters: str) -> set[str]:
    """How a word begins and ends, in so many letters as tell it."""
    lengths = range(GLUED, len(letters) + 1)
    return {letters[:length] for length in lengths} | {letters[-length:] for length in lengths}
