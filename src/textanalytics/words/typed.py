"""What people type between two blanks, taken apart once: messages share most of it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np

from textanalytics.base import IntArray
from textanalytics.text import PIECES
from textanalytics.words.numbers import Numbers

MARKS = '"(#*.,…)'
"""Around letters and digits these are no part of any piece."""

LINK = ("https://", "http://")
URL_PIECE = "https://"
LONGEST = 64
"""Characters of a piece by which it is looked up."""


@dataclass(frozen=True)
class Parted:
    """The pieces of some typed words, in order: `count[i]` of the i-th, each with its number and where it stands in it."""

    count: IntArray
    length: IntArray
    number: IntArray
    start: IntArray
    end: IntArray


class Typed(Numbers):
    """Typed words, by number; `spelled` has the numbers of their pieces' spellings. No piece ever reaches across a blank."""

    def __init__(self, spelled: Numbers) -> None:
        super().__init__()
        self.characters = 0
        self._spelled = spelled
        self._first, self._length = array("q", [0]), array("q")
        self._numbers, self._starts, self._ends = array("q"), array("q"), array("q")

    def parted(self, words: IntArray) -> Parted:
        """What these consist of."""
        if len(self._length) < len(self.words):
            self._take_apart(self.words[len(self._length) :])
        bounds = np.asarray(self._first)
        count = bounds[words + 1] - bounds[words]
        ends = np.cumsum(count)
        place = np.arange(ends[-1] if len(ends) else 0) + np.repeat(bounds[words] - (ends - count), count)
        number, start, end = (np.asarray(kept)[place] for kept in (self._numbers, self._starts, self._ends))
        return Parted(count, np.asarray(self._length)[words], number, start, end)

    def _take_apart(self, words: list[str]) -> None:
        """These have the next numbers. One loop without calls for what most are: a plain word between marks."""
        number = self._spelled.__getitem__
        numbers: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        counts: list[int] = []
        for word in words:
            bare = word.strip(MARKS)
            if bare.isalnum() and bare != "www":
                start = word.find(bare)
                numbers.append(number(bare.lower()[:LONGEST]))
                starts.append(start)
                ends.append(start + len(bare))
                counts.append(1)
            else:
                found = _pieces(word, bare)
                numbers += [number(spelling(piece)) for piece, _, _ in found]
                starts += [start for _, start, _ in found]
                ends += [end for _, _, end in found]
                counts.append(len(found))
        first = self._first[-1] + np.cumsum(counts, dtype=np.int64)
        self._numbers.extend(numbers)
        self._starts.extend(starts)
        self._ends.extend(ends)
        self._first.extend(first.tolist())
        self._length.extend(map(len, words))
        self.characters += sum(map(len, words))


def _pieces(word: str, bare: str) -> list[tuple[str, int, int]]:
    """By the pattern only what is neither a link, nor a mention, nor a plain word that is called or asked."""
    if word.startswith(LINK) and word.isprintable() and word not in LINK:
        return [(word, 0, len(word))]
    said = bare.rstrip("!?")
    mentions = said[:1] == "@" and said[1:].replace("_", "").isalnum()
    if not mentions and (not said.isalnum() or said == "www"):
        return [(match[0], *match.span()) for match in PIECES.finditer(word)]
    start = word.find(bare)
    end, marks = start + len(said), bare[len(said) :]
    return [(said, start, end), (marks, end, end + len(marks))] if marks else [(said, start, end)]


def spelling(piece: str) -> str:
    """The form in which a piece is looked up: lower case, straight apostrophes, one word for any link."""
    lowered = piece.lower()
    if lowered.startswith(("http:", "https:", "www.")) and len(piece) > 4:
        return URL_PIECE
    return lowered.replace("’", "'") if len(lowered) <= LONGEST else lowered[:LONGEST]
