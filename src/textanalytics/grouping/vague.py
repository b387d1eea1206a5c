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


def _words_of(name: str) -> frozenset[str]:
    lines = (files("textanalytics") / "data" / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


SHORT = 60
"""Characters of an answer."""

_ASKING = frozenset(
    "what when who why how where which was wann wer warum wie wo welche welcher welches".split()
)
_EMPTY = _words_of("vague.txt")
_REPLIES = _EMPTY | _words_of("replies.txt")
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
        "obrigado",
        "obrigada",
        "grazie",
        "спасибо",
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


def is_reply(texts: Sequence[str]) -> BoolArray:
    """(n,) whether a text only answers, exclaims or names a day, and asks nothing: "I DM'ed you", "whoops!", "on Jul 23rd". These
    are many in some files and few in others; themes do not hang on them, so it is asked of grouped texts."""
    return np.fromiter(map(_is_reply, texts), np.bool_, len(texts))


def _is_reply(text: str) -> bool:
    if len(text) > SHORT or "?" in text:
        return False
    words = _WORD.findall(text.casefold().replace("’", "'"))
    return not _naming(words, _REPLIES) and _ASKING.isdisjoint(words)


def _naming(words: Sequence[str], empty: frozenset[str] = _EMPTY) -> int:
    return len([word for word in words if len(word) > 1 and word not in empty])
