"""A batch of texts as taggers look at it: split into pieces once, and encoded once, for all taggers.

A text of two matters looks like neither, so its sentences and clauses are looked at as well: "my parcel has not come and I
waited on hold for ages" is about both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics import encoders
from textanalytics.base import FloatArray, IntArray
from textanalytics.reading.features import Hashes, scale
from textanalytics.reading.sides import parts
from textanalytics.taught.several.fit import whole
from textanalytics.text import clean
from textanalytics.words.page import Array, Page, Vocabulary, open_page


@dataclass(frozen=True)
class Look:
    """Rows are the texts, and behind them their parts. `of` (rows,) is the text of each, `since` (rows,) where it begins in that.

    `meanings` (rows, dimensions) whole numbers; `pairs` the first piece of each pair, its bucket and its weight; `scale`
    (rows,); `telling` (T,) whether a piece explains anything to a reader."""

    page: Page
    of: IntArray
    since: IntArray
    meanings: FloatArray
    pairs: tuple[IntArray, IntArray, Array]
    scale: Array
    telling: Array

    @property
    def size(self) -> int:
        """How many texts."""
        return int(self.of.max(initial=-1)) + 1


class Looker:
    """What is known of a word is worked out once; no text's look depends on the others."""

    def __init__(self) -> None:
        self.vocabulary, self.hashes = Vocabulary(), Hashes()

    def look(self, texts: Sequence[str]) -> Look:
        """At the texts, and at their parts."""
        cut = [(place, *span) for place, text in enumerate(texts) for span in parts(text)]
        rows = [*texts, *(texts[place][start:end] for place, start, end in cut)]
        of = np.array([*range(len(texts)), *(place for place, _, _ in cut)], np.int64)
        since = np.array([*[0] * len(texts), *(start for _, start, _ in cut)], np.int64)
        return self._look(rows, of, since)

    def look_whole(self, texts: Sequence[str]) -> Look:
        """At the texts alone: what teaches is about one matter."""
        return self._look(texts, np.arange(len(texts)), np.zeros(len(texts), np.int64))

    def _look(self, rows: Sequence[str], of: IntArray, since: IntArray) -> Look:
        page = open_page(rows, self.vocabulary)
        meanings = whole(encoders.default().encode([clean(text) for text in page.texts]))
        telling = self.hashes.telling.over(page.vocabulary)[page.word]
        return Look(page, of, since, meanings, self.hashes.pairs(page), scale(page), telling)
