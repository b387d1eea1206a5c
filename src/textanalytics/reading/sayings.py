"""Turns of phrase that mean something else than their words: "couldn't be happier", "leaves a lot to be desired".

A sum over words takes them at their word. They are few and everybody uses them, so they are read in plain words instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np

from textanalytics import lexicons
from textanalytics.base import BoolArray, Span
from textanalytics.words.page import LONGEST, Column, Page

FILE = "sayings.txt"


@dataclass(frozen=True)
class Saying:
    """What is said, and the same in `plain` words, which may take over groups of it."""

    said: re.Pattern[str]
    plain: str


@cache
def sayings() -> dict[str, tuple[Saying, ...]]:
    """By the words without one of which none of them is said."""
    table: dict[str, tuple[Saying, ...]] = {}
    for _, line in lexicons.sections(FILE):
        words, pattern, plain = re.split(" : | => ", line)
        saying = Saying(lexicons.compiled(pattern), plain)
        for word in words.split():
            table[word] = (*table.get(word, ()), saying)
    return table


class Sayings:
    """Which texts of a page hold a saying, and how the same goes in plain words."""

    def __init__(self) -> None:
        self.calls = Column(calls)

    def read(self, page: Page) -> dict[int, tuple[str, Span]]:
        """By text number: the text in plain words, and where its first saying stands."""
        called = np.flatnonzero(self.calls.over(page.vocabulary)[page.word])
        words: dict[int, list[str]] = {}
        for text, word in zip(page.text[called].tolist(), page.word[called].tolist(), strict=True):
            words.setdefault(text, []).append(page.vocabulary.words[word])
        plain = {text: in_plain_words(page.texts[text][:LONGEST], of) for text, of in words.items()}
        return {text: found for text, found in plain.items() if found}


def calls(words: Iterable[str]) -> BoolArray:
    """(words,): whether a saying is tried where the word stands."""
    return np.array([word in sayings() for word in words], bool)


def in_plain_words(text: str, words: Iterable[str]) -> tuple[str, Span] | None:
    """The text with the sayings that one of its `words` calls put plainly, and where the first of them stands.

    >>> in_plain_words("I couldn't be happier!", ["happier"])
    ('I am very happy!', (2, 21))
    """
    typed = plain = text.replace("’", "'")
    spans = []
    for saying in dict.fromkeys(saying for word in words for saying in sayings()[word]):
        if match := saying.said.search(typed):
            spans.append(match.span())
            plain = saying.said.sub(saying.plain, plain)
    return (plain, min(spans)) if spans else None
