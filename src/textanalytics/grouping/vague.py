"""Messages that name no matter: thanks, greetings, "dm sent", "any update?". No theme is made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np

from textanalytics.base import BoolArray

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

REMEMBERED = 1 << 15
"""Texts of which it is remembered."""

LONGEST_WISH, WISHED = 100, 8
"""Characters of a wish, and the words in it that only say to whom, and from whom, it goes."""

WISHES = re.compile(
    r"\b(?:(?:happy|merry|blessed|frohes?|fröhliche|schöne[ns]?|feliz|felices)\s+(?:belated\s+|early\s+|\d+(?:st|nd|rd|th)?\s+)?"
    r"(?:halloween|birthday|bday|b-day|christmas|xmas|thanksgiving|easter|new year'?s?|holidays?|anniversary|valentine'?s(?:\s+day)?|"
    r"mother'?s day|father'?s day|weihnachten|ostern|advent|neues jahr|feiertage|navidad|navidades|cumpleaños|año nuevo|año|fiestas|pascua)|"
    r"congrats|congratulations|herzlichen glückwunsch(?: zum geburtstag| zum jubiläum)?|alles gute zum geburtstag|guten rutsch|felicidades|felicitaciones)\b"
)
WISHING = (
    "happy",
    "merry",
    "blessed",
    "congrat",
    "froh",
    "fröhlich",
    "schöne",
    "feliz",
    "felic",
    "glückwunsch",
    "alles gute",
    "rutsch",
)
"""Without one of these nothing is wished: looked for first, because it takes less time."""

OPENING = 24
"""Characters after which, at the next blank, most messages have named two things in plain words: then the rest need not be
read."""

_LINES = (files("textanalytics") / "data" / "vague.txt").read_text(encoding="utf-8").splitlines()
_EMPTY = frozenset(word for line in _LINES if not line.startswith("#") for word in line.split())
_THANKS = frozenset(
    (
        "thank",
        "thanks",
        "thankyou",
        "thx",
        "ty",
        "cheers",
        "appreciate",
        "danke",
        "dankeschön",
        "gracias",
        "merci",
        "hi",
        "hey",
        "hello",
        "hallo",
    )
)


def is_vague(texts: Sequence[str]) -> BoolArray:
    """(n,) whether a text has no word that names a matter, or thanks, greets or wishes well with at most one such word.

    >>> is_vague(["ok thanks!", "DM sent", "Merry Christmas, Joel!", "refund not received"]).tolist()
    [True, True, True, False]
    """
    return np.fromiter(map(is_vague_text, texts), np.bool_, len(texts))


@lru_cache(REMEMBERED)
def is_vague_text(text: str) -> bool:
    """`is_vague` of one text. The kept texts of every micro-cluster are asked again and again."""
    if len(text) > 300:
        return False
    if len(text) <= LONGEST_WISH and (wished := _without_wishes(text)):
        words = _WORD.findall(wished)
        return len(words) <= WISHED and "?" not in wished and _naming(words) <= 1
    opening = text.find(" ", OPENING)
    if opening > 0 and _naming([word for word in text[:opening].casefold().split(" ") if word.isalpha()]) > 1:
        return False
    folded = text.casefold().replace("’", "'")
    words = _WORD.findall(folded)
    naming = _naming(words)
    if naming == 0:
        return True
    return naming == 1 and 1 < len(words) <= 4 and not _THANKS.isdisjoint(words)


def _without_wishes(text: str) -> str:
    """What stands beside the wishes in it; "" for a text without any."""
    folded = text.casefold().replace("’", "'")
    if not any(word in folded for word in WISHING):
        return ""
    beside = WISHES.sub(" ", folded)
    return "" if beside == folded else beside


def _naming(words: Sequence[str]) -> int:
    return len([word for word in words if len(word) > 1 and word not in _EMPTY])
