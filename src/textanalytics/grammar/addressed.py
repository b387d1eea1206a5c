"""Whom a text is addressed to: the name of who is spoken to is no matter of what is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from textanalytics.base import BoolArray
from textanalytics.text import MENTIONS

SHARE, TIMES = 0.01, 10
"""Of all texts, and how many, that have to address somebody."""

BEGINS = 4
"""Letters of a word with which such a name begins: "spotify" of "@SpotifyCares"."""


def addressed(texts: Sequence[str]) -> frozenset[str]:
    """Names that many of these texts, as they were written, are addressed to; in lower case.

    >>> sorted(addressed(["@AcmeCares my lamp flickers"] * 10 + ["@jo look at this"]))
    ['acmecares']
    """
    said = Counter(
        name for text in texts if "@" in text for name in {at[1:].lower() for at in MENTIONS.findall(text)}
    )
    least = max(TIMES, SHARE * len(texts))
    return frozenset(name for name, count in said.items() if count >= least)


def calls(words: Sequence[str], names: frozenset[str]) -> BoolArray:
    """(words,) whether each is one of the names, or how one begins; words in lower case.

    >>> calls(["acme", "ac", "lamp"], frozenset(["acmecares"])).tolist()
    [True, False, False]
    """
    begun = {name[:end] for name in names for end in range(BEGINS, len(name) + 1)} | names
    return np.array([word in begun for word in words], np.bool_)
