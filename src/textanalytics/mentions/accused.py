"""Names of persons of whom somebody complains: where the words around a name say that it is one. Whether a text complains is for the
caller to know.

A firm is no person, and a name of which nothing says whose it is stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from textanalytics.base import Span
from textanalytics.grammar.kinds import Kind, kinds

ROLE = (
    r"(?i:driver|agent|employee|manager|clerk|cashier|representative|rep|associate|supervisor|attendant|steward(?:ess)?|waiter|waitress|server"
    r"|barista|chef|host(?:ess)?|technician|tech|engineer|nurse|doctor|dentist|teacher|guard|officer|sales(?:man|woman|person)|seller|landlord"
    r"|receptionist|courier|postman|mailman|conductor|pilot|captain|mechanic|advisor|adviser|consultant|operator|assistant)"
)
ROLLE = r"(?:fahrer|mitarbeiter|schaffner|verkäufer|kellner|zugbegleiter|berater|techniker|bote)(?:in)?|kolleg(?:e|in)"
"""What a German says somebody is: "es hieß Ersatzverkehr" names nobody."""
WORD = r"[A-ZÀ-Þ][a-zß-ÿ’'-]+[a-zß-ÿ]"
NAME = rf"(?P<it>{WORD}(?:\s{WORD})?)"
IS = r"(?i:name)(?:['’]s|\s*(?i:is|was|:))\s*"
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{ROLE},?\s+\(?(?:(?i:named|called|by the name of)\s+|(?:whose\s)?{IS})?{NAME}",
        rf"\b(?i:man|woman|lady|guy|person|someone|somebody)\s+(?:(?i:named|called|by the name of)\s+|whose\s{IS}){NAME}",
        rf"\b(?i:his|her|their|(?:driver|agent|manager|rep)['’]?s)\s+{IS}(?P<it>{WORD}(?:\s{WORD})?|[a-zß-ÿ]{{3,}})",
        rf"(?<=[a-z]\s){NAME},?\s+(?:the|my|your|our|their)\s+(?:\w+\s)?{ROLE}\b",
        rf"\b(?:(?:Mr|Mrs|Ms|Hr|Fr)\.?|Miss|Herrn?|Frau)\s(?P<it>{WORD})",
        rf"\b(?:namens|(?i:er|sie|{ROLLE})\s(?:heißt|heisst|hieß))\s(?P<it>{WORD})",
    )
)
"""A name beside what somebody does for a firm, or beside a word that says that it is a name."""

SHOUTED = 0.6
"""Share of the words that begin with a capital, from which on a capital says nothing."""

CAPITALS, WORDS = re.compile(r"\b[A-ZÀ-Þ]"), re.compile(r"\b[^\W\d_]")
TITLES = frozenset(
    "bundeskanzlerin bundeskanzler kanzlerin kanzler ministerin minister präsidentin präsident doktor professor dr prof".split()
)
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november"
    " december english german spanish french".split()
)


def accused(text: str, firms: Collection[str] = ()) -> list[Span]:
    """Where a text that complains names persons; `firms` are names in small letters that are none of a person.

    >>> text = "Your driver Suresh threatened me"
    >>> [text[start:end] for start, end in accused(text)]
    ['Suresh']
    >>> accused("The driver Amazon sent was rude", firms={"amazon"})
    []
    """
    if len(CAPITALS.findall(text)) > SHOUTED * len(WORDS.findall(text)):
        return []
    return sorted(set(_found(text, firms)))


def _found(text: str, firms: Collection[str]) -> Iterator[Span]:
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("it")
            words = match["it"].split()
            while words and not _is_name(words[-1], firms):
                words.pop()
            if words and _is_name(words[0], firms):
                yield start, start + len(" ".join(words))


def _is_name(word: str, firms: Collection[str]) -> bool:
    small = re.sub(r"['’]s$", "", word).casefold()
    common = kinds("en").get(small, Kind.OPEN) is not Kind.OPEN
    return not common and small not in DAYS | TITLES and small not in firms
