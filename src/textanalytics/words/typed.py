"""What people type between two blanks, taken apart once: messages share most of it."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from textanalytics.base import IntArray
from textanalytics.text import PIECES


@dataclass(frozen=True)
class Parted:
    """The pieces of some typed words, in order: `count[i]` of the i-th, each with its number and where it stands in it."""

    count: IntArray
    length: IntArray
    number: IntArray
    start: IntArray
    end: IntArray


class Typed(dict[str, int]):
    """A number for each typed word; asking for a new one takes it apart. No piece ever reaches across a blank.

    `words` and `generation` make it what a `Column` is worked out over.
    """

    def __init__(self, number: Callable[[str], int], generation: int) -> None:
        super().__init__()
        self.generation = generation
        self.words: list[str] = []
        self.characters = 0
        self._number = number
        self._first, self._length = array("q", [0]), array("q")
        self._numbers, self._starts, self._ends = array("q"), array("q"), array("q")

    def __missing__(self, word: str) -> int:
        found = self[word] = len(self.words)
        self.words.append(word)
        self.characters += len(word)
        if word.isalpha():
            self._add(word, 0, len(word))
        else:
            for match in PIECES.finditer(word):
                self._add(match[0], *match.span())
        self._length.append(len(word))
        self._first.append(len(self._numbers))
        return found

    def _add(self, piece: str, start: int, end: int) -> None:
        self._numbers.append(self._number(piece))
        self._starts.append(start)
        self._ends.append(end)

    def parted(self, words: IntArray) -> Parted:
        """What these consist of."""
        bounds = np.array(self._first, np.int64)
        count = np.diff(bounds)[words]
        ends = np.cumsum(count)
        place = np.arange(ends[-1] if len(ends) else 0) + np.repeat(bounds[words] - (ends - count), count)
        number, start, end = (
            np.array(kept, np.int64)[place] for kept in (self._numbers, self._starts, self._ends)
        )
        return Parted(count, np.array(self._length, np.int64)[words], number, start, end)
