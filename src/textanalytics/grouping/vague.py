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
    """(n,) whether a text has no word that names a matter, or thanks or greets with at most one such word.

    >>> is_vague(["ok thanks!", "DM sent", "refund not received"]).tolist()
    [True, True, False]
    """
    return np.fromiter(map(is_vague_text, texts), np.bool_, len(texts))


@lru_cache(REMEMBERED)
def is_vague_text(text: str) -> bool:
    """`is_vague` of one text. The kept texts of every micro-cluster are asked again and again."""
    if len(text) > 300:
        return False
    opening = text.find(" ", OPENING)
    if opening > 0 and _naming([word for word in text[:opening].casefold().split(" ") if word.isalpha()]) > 1:
        return False
    folded = text.casefold().replace("’", "'")
    words = _WORD.findall(folded)
    naming = _naming(words)
    if naming == 0:
        return True
    return naming == 1 and 1 < len(words) <= 4 and not _THANKS.isdisjoint(words)


def _naming(words: Sequence[str]) -> int:
    return len([word for word in words if len(word) > 1 and word not in _EMPTY])
