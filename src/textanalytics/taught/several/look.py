"""A batch of texts as taggers look at it: split into pieces once, and encoded once, for all taggers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textanalytics import encoders
from textanalytics.base import FloatArray, IntArray
from textanalytics.reading.features import Hashes, scale
from textanalytics.taught.several.fit import whole
from textanalytics.text import clean
from textanalytics.words.page import Array, Page, Vocabulary, open_page


@dataclass(frozen=True)
class Look:
    """`meanings` (n, dimensions) whole numbers; `pairs` the first piece of each pair, its bucket and its weight; `scale`
    (n,); `telling` (T,) whether a piece explains anything to a reader."""

    page: Page
    meanings: FloatArray
    pairs: tuple[IntArray, IntArray, Array]
    scale: Array
    telling: Array


class Looker:
    """What is known of a word is worked out once; no text's look depends on the others."""

    def __init__(self) -> None:
        self.vocabulary, self.hashes = Vocabulary(), Hashes()

    def look(self, texts: Sequence[str]) -> Look:
        page = open_page(texts, self.vocabulary)
        meanings = whole(encoders.default().encode([clean(text) for text in page.texts]))
        telling = self.hashes.telling.over(page.vocabulary)[page.word]
        return Look(page, meanings, self.hashes.pairs(page), scale(page), telling)
