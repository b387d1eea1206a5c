"""What is at stake for whoever writes, told by words that anybody can read (`lexicons/stakes.txt`): somebody's safety, their money, theft and fraud.

Fraud is looked for in English and German, and only as told by somebody to whom it matters: not a crime as a word of abuse, in a game, or as what may be;
not a bank's alarm of fraud that stopped a purchase; and not in a long text in which nobody speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from textanalytics import lexicons
from textanalytics.base import BoolArray, Span
from textanalytics.text import tokens

FILE = "stakes.txt"
STAKES = ("safety", "money", "fraud")
THING = "of what "

REPORT = 240
"""Characters from which a text in which nobody says "I" or "we" is a report of what others did."""

NEAR = 60
"""Characters around the words that tell of a theft within which its thing is looked for."""


@cache
def _words(heading: str) -> re.Pattern[str]:
    """Any of the patterns under a heading, as whole words."""
    lines = [line for there, line in lexicons.sections(FILE) if there == heading]
    return lexicons.compiled(rf"\b(?:{'|'.join(lexicons.whole(line, FILE) for line in lines)})(?!\w)")


@cache
def _things() -> dict[str, re.Pattern[str]]:
    headings = dict.fromkeys(heading for heading, _ in lexicons.sections(FILE) if heading.startswith(THING))
    return {heading.removeprefix(THING): _words(heading) for heading in headings}


def telling(text: str, what: str) -> Span | None:
    """The first words by which a text speaks of one of `STAKES`; None where it does not.

    >>> telling("My card was stolen", "fraud"), telling("No better than thieves", "fraud")
    ((12, 18), None)
    """
    text = text.replace("’", "'")
    found = _words(what).search(text)
    if found and what == "fraud":
        found = None if _reports(text) else _words(what).search(_meant(text))
    return found.span() if found else None


def _meant(text: str) -> str:
    """At the same length, without turns of phrase in which the word for a crime is none that was done: an alarm, abuse, a figure of speech,
    the writer's own, what may be."""
    return _words("fraud unless").sub(lambda turn: "." * len(turn[0]), text)


def _reports(text: str) -> bool:
    """Whether it is long, and nobody speaks of themselves in it."""
    own = lexicons.words("first person")
    return len(text) > REPORT and own.isdisjoint(word for word, _, _ in tokens(text))


def taken(text: str) -> str:
    """Of what a text tells theft or fraud ("card", "account"): what is named nearest to the words that tell it; "" where nothing is near.

    >>> taken("Someone stole my purse from the tram"), taken("I was robbed")
    ('bag', '')
    """
    words = telling(text, "fraud")
    if words is None:
        return ""
    start, end = words
    far = {
        thing: min(max(start - one.end(), one.start() - end, 0) for one in found)
        for thing, pattern in _things().items()
        if (found := list(pattern.finditer(text, max(0, start - NEAR), end + NEAR)))
    }
    return min(far, key=far.__getitem__, default="")


def at_stake(texts: Sequence[str], what: str) -> BoolArray:
    """(n,) whether each text speaks of it, one of `STAKES`.

    >>> at_stake(["My card was stolen", "A payment that I never made", "My card expires"], "fraud").tolist()
    [True, True, False]
    """
    return np.fromiter((telling(text, what) is not None for text in texts), np.bool_, len(texts))


def stakes(texts: Sequence[str]) -> dict[str, float]:
    """Share of these texts that speak of each of `STAKES`."""
    return {what: round(float(at_stake(texts, what).sum()) / max(len(texts), 1), 3) for what in STAKES}
