"""A quote on one line: cut to what can be read at a glance, around the words that decided."""

from __future__ import annotations

import re

from pivotpoint.insights.ladder.ladder import Quote
from pivotpoint.insights.ladder.words import harmless

QUOTE_LENGTH = 220
SOON = 0.4
"""Part of a quote's length that is shown at least, before it may end with a sentence."""

WORD, LINK = re.compile(r"\S+"), ("http://", "https://")

Piece = tuple[str, bool]
"""Some of a quote, and whether it decided how the message was read."""


CUTS = (
    re.compile(r"[.!?…]['\"”’)]*\s+(?=\W*[^\W\d_a-zß-öø-ÿ])|\n+"),
    re.compile(r"[.,;:!?…]\s+|\s[-–—]\s"),
    re.compile(r"\s+"),
)
"""Between sentences, clauses, words."""


def pieces(quote: Quote, length: int = QUOTE_LENGTH) -> list[Piece]:
    """The quote in order, folded to one line and cut to about `length` characters around what decided."""
    start, end = _window(quote, length)
    parts: list[Piece] = [("…", False)] if start else []
    place = start
    for left, right in quote.words:
        if left >= end or left < place:
            continue
        parts += [(quote.text[place:left], False), (quote.text[left : min(right, end)], True)]
        place = min(right, end)
    parts.append((quote.text[place:end], False))
    if end < len(quote.text):
        parts.append(("…", False))
    return [(re.sub(r"\s+", " ", harmless(text)), decided) for text, decided in parts if text]


def _window(quote: Quote, length: int) -> tuple[int, int]:
    """From the beginning of a sentence to the end of one, around what decided; else of a clause, else of a word."""
    if len(quote.text) <= length:
        return 0, len(quote.text)
    text = quote.text[: _end_of_words(quote.text)]
    if len(text) <= length:
        return 0, len(text)
    first, decided = quote.words[0] if quote.words else (0, 0)
    start = 0
    if first >= length * 2 // 3:
        start = _opening(text, first, length)
    if start + length >= len(text):
        return start, len(text)
    least = min(max(decided, start + int(SOON * length)), start + length - 1)
    return start, _last(text, least, start + length) or start + length


def _end_of_words(text: str) -> int:
    """Behind its last word that is no link; of nothing but links, its end."""
    ends = [word.end() for word in WORD.finditer(text) if not word[0].startswith(LINK)]
    return ends[-1] + 1 if ends else len(text)


def _opening(text: str, first: int, length: int) -> int:
    """Where a sentence or else a clause begins, so near before what decided that this is shown, and so far that enough is; else a word."""
    earliest, latest = max(0, first - length // 2), min(first, len(text) - int(SOON * length))
    sentences, clauses, words = (
        [match.end() for match in cut.finditer(text, earliest, max(earliest, latest))] for cut in CUTS
    )
    return (sentences or clauses or words[:1] or [earliest])[-1]


def _last(text: str, start: int, end: int) -> int:
    """Where the last sentence within these places begins; else a clause, else a word; 0 where none does."""
    for cut in CUTS:
        found = [match.end() for match in cut.finditer(text, start, end)]
        if found:
            return found[-1]
    return 0
