"""What must not drown among complaints: somebody is about to leave, or it is a crisis. Patterns of words, no model.

Such messages are rare, so a model that had seen a few would find them everywhere. A pattern says what it saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np

from textanalytics import lexicons
from textanalytics.base import SIGNALS, BoolArray, Span
from textanalytics.text import tokens
from textanalytics.words.page import LONGEST, Column, Page

FILE = "signals.txt"

BEFORE = 40
"""Characters before a match in which what makes it mean something else is looked for."""

REPORT, NEWS = 400, 240
"""Characters from which a text is a report of others' news where nobody speaks for themselves in the sentence; and from
which it is, of a crisis, where nobody does in all of it."""

DANGER = "danger"
"""Of a crisis, what tells of harm to somebody's life or limb; the rest are law, press and leaked data."""

SECTIONS = {"churn threat": ("churn threat",), "crisis": (DANGER, "crisis")}
"""The headings under which the patterns of each of SIGNALS stand, those that are tried first before the others."""

Masks = tuple[int, int]
"""A bit for every pattern of each of SIGNALS."""

SENTENCE_END = re.compile(r"[.!?\n]|$")


@dataclass(frozen=True)
class Pattern:
    """Tried where a text has one of `words` (those that end in * are beginnings), on the text in small letters."""

    words: frozenset[str]
    written: str

    @cached_property
    def found(self) -> re.Pattern[str]:
        """Compiled when it is first tried: few of them are on most days."""
        return lexicons.compiled(lexicons.whole(self.written, FILE), re.NOFLAG)


@cache
def patterns(signal: str) -> tuple[Pattern, ...]:
    return tuple(one for heading in SECTIONS[signal] for one in under(heading))


@cache
def under(heading: str) -> tuple[Pattern, ...]:
    return tuple(_pattern(line) for there, line in lexicons.sections(FILE) if there == heading)


@cache
def excuses(signal: str) -> tuple[re.Pattern[str], ...]:
    lines = lexicons.sections(FILE)
    return tuple(
        lexicons.compiled(lexicons.whole(line, FILE))
        for heading, line in lines
        if heading == f"{signal} unless"
    )


def _pattern(line: str) -> Pattern:
    called, _, pattern = line.partition(" : ")
    return Pattern(frozenset(called.split()), pattern)


class Signals:
    """Which texts of a page hold a signal, and where."""

    def __init__(self) -> None:
        self.calls = Column(calls)

    def read(self, page: Page) -> dict[int, tuple[int, Span]]:
        """By text number: which of SIGNALS, and the words that say it. A crisis counts before a threat to leave."""
        called = np.flatnonzero(self.calls.over(page.vocabulary)[page.word])
        wanted: dict[int, Masks] = {}
        for text, word in zip(page.text[called].tolist(), page.word[called].tolist(), strict=True):
            masks = masks_of(page.vocabulary.words[word])
            there = wanted.get(text)
            wanted[text] = masks if there is None else (there[0] | masks[0], there[1] | masks[1])
        found = {}
        for text, mask in wanted.items():
            signal = seen(page.texts[text][:LONGEST].replace("’", "'"), mask)
            if signal is not None:
                found[text] = signal
        return found


def calls(words: Sequence[str]) -> BoolArray:
    """(words,): whether a word calls any pattern."""
    exact, openings = _callers()
    return np.array([word in exact or bool(openings.of(word)) for word in words], bool)


@lru_cache(maxsize=10_000)
def masks_of(word: str) -> Masks:
    """One bit for every pattern that the word calls, of each signal."""
    exact, openings = _callers()
    leaving, grave = exact.get(word, (0, 0))
    for opening in openings.of(word):
        more = exact[opening + "*"]
        leaving, grave = leaving | more[0], grave | more[1]
    return leaving, grave


@cache
def _callers() -> tuple[dict[str, Masks], lexicons.Openings]:
    """The patterns that each word calls, a bit each; and the beginnings of words among these words."""
    masks: dict[str, list[int]] = {}
    for place, signal in enumerate(SIGNALS):
        for bit, one in enumerate(patterns(signal)):
            for word in one.words:
                masks.setdefault(word, [0, 0])[place] |= 1 << bit
    exact = {word: (leaving, grave) for word, (leaving, grave) in masks.items()}
    return exact, lexicons.Openings(word[:-1] for word in exact if word.endswith("*"))


def seen(text: str, masks: Masks) -> tuple[int, Span] | None:
    small = lexicons.small(text)
    for signal in reversed(range(len(SIGNALS))):
        name = SIGNALS[signal]
        for bit in _bits(masks[signal]):
            match = patterns(name)[bit].found.search(small)
            if match and not _excused(text, match, name):
                return signal, match.span()
    return None


def endangers(text: str) -> Span | None:
    """The words by which a text tells that somebody was harmed or is in danger; None where it does not. For the few
    texts that are read as a crisis: it asks every pattern.

    >>> endangers("Your driver assaulted me"), endangers("I will sue you")
    ((5, 24), None)
    """
    read = text[:LONGEST].replace("’", "'")
    small = lexicons.small(read)
    for pattern in under(DANGER):
        match = pattern.found.search(small)
        if match and not _excused(read, match, "crisis"):
            return match.span()
    return None


def _bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _excused(text: str, match: re.Match[str], signal: str) -> bool:
    end = SENTENCE_END.search(text, match.end())
    said = text[max(0, match.start() - BEFORE) : end.start() if end else len(text)] + " "
    if (len(text) > REPORT and not _speaks(said)) or (
        signal == "crisis" and len(text) > NEWS and not _speaks(text)
    ):
        return True
    return any(excuse.search(said) for excuse in excuses(signal))


def _speaks(text: str) -> bool:
    """Whether somebody says "I" or "we"."""
    return not lexicons.words("first person").isdisjoint(word for word, _, _ in tokens(text))
