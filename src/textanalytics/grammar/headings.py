"""What a platform sets above a comment or below it: "Re: Page of a shop Your parcel …", "forum.example-Tag: parcel". Nobody
said it, so it names no theme."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import islice

from textanalytics.grammar.phrases import WORD

ANSWERS = re.compile(r"\s*(?:re|aw|wg|fwd?)\s?:\s*(?=\S)", re.IGNORECASE)
LABEL = re.compile(r"(?<![\w/.@])(\w[\w-]*(?:\.[\w-]+)+)\s?:(?!/)")
"""A site that names what follows it, "forum.example-Tag:"."""

SHARED, LONGEST = 3, 6
"""Answers that open with the same words, and how many words: then these are the name of what was answered."""


def headings(texts: Sequence[str]) -> list[int]:
    """How many words each text begins with that are a heading and its "Re"; 0 for a text that is no answer.

    >>> headings(["Re: Acme Shop My parcel", "Re: Acme Shop No parcel", "Re: Acme Shop Hello", "Re: thanks", "Hello"])
    [3, 3, 3, 1, 0]
    """
    openings = {
        i: [word.lower() for word in WORD.findall(text[:200])[1 : LONGEST + 1]]
        for i, text in enumerate(texts)
        if ANSWERS.match(text)
    }
    uses = Counter(tuple(words[:count]) for words in openings.values() for count in range(1, len(words) + 1))
    return [1 + _shared(openings[i], uses) if i in openings else 0 for i in range(len(texts))]


def without_headings(texts: Sequence[str]) -> list[str]:
    """The texts from where the writers' own words begin, so that comments below one page are not about that page.

    >>> without_headings(["Re: Acme Shop My parcel", "Re: Acme Shop No parcel", "Re: Acme Shop", "Hello"])
    ['My parcel', 'No parcel', 'Re: Acme Shop', 'Hello']
    """
    bodies = without_labels(texts)
    return [_behind(text, count) for text, count in zip(bodies, headings(bodies), strict=True)]


def without_labels(texts: Sequence[str]) -> list[str]:
    """The texts up to where a site lists what it filed them under: its label stands twice in each of so many.

    >>> without_labels(["Is it late? a.example-Tag: parcel a.example-Tag: late"] * 3 + ["See b.example: lost"])[2:]
    ['Is it late?', 'See b.example: lost']
    """
    found = [LABEL.findall(text.lower()) if ":" in text else [] for text in texts]
    lists = Counter(label for labels in found for label, count in Counter(labels).items() if count > 1)
    known = {label for label, count in lists.items() if count >= SHARED}
    return [
        _before(text, known) if known.intersection(own) else text
        for text, own in zip(texts, found, strict=True)
    ]


def _before(text: str, labels: Collection[str]) -> str:
    """A text that is nothing but its labels is kept whole."""
    first = next(match.start() for match in LABEL.finditer(text) if match[1].lower() in labels)
    return text[:first].rstrip() or text


def _behind(text: str, words: int) -> str:
    """A text that is nothing but its heading is kept whole."""
    if not words:
        return text
    *_, last = islice(WORD.finditer(text), words)
    return text[last.end() :].lstrip(" :,+.\"'") or text


def _shared(words: Sequence[str], uses: Counter[tuple[str, ...]]) -> int:
    return max((n for n in range(1, len(words) + 1) if uses[tuple(words[:n])] >= SHARED), default=0)
