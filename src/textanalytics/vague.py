"""Messages that name no matter: thanks, greetings, "dm sent", "any update?". No theme is made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files

import numpy as np

from textanalytics.base import BoolArray

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

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
    return np.fromiter(map(_vague, texts), np.bool_, len(texts))


def _vague(text: str) -> bool:
    if len(text) > 300:
        return False
    words = [word.replace("’", "'") for word in _WORD.findall(text.casefold())]
    naming = sum(word not in _EMPTY and len(word) > 1 for word in words)
    if naming == 0:
        return True
    return naming == 1 and 1 < len(words) <= 4 and not _THANKS.isdisjoint(words)
