"""Whom a text is addressed to: the name of who is spoken to is no matter of what is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from textanalytics.base import BoolArray
from textanalytics.text import MENTIONS

SHARE, TIMES = 0.01, 10
"""Of all texts, and how many, that have to address somebody."""

ONE = 0.9
"""Of texts that are to somebody: from here on the whole file is to one."""

MASKS = frozenset(("user", "username", "name", "handle"))
"""What stands where a publisher took a name out; some put a number there."""

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


def firms(texts: Sequence[str]) -> list[str]:
    """Whom each of these texts, as they were written, is to: the first name in it that often is spoken to, as it is mostly
    written; "" where there is none. All are "" where one name is in nearly all texts that have any: then it goes without saying.

    >>> firms(["@AcmeCares my lamp flickers"] * 10 + ["@BoltHelp no light"] * 10 + ["@jo look"])[9:30:5]
    ['AcmeCares', 'BoltHelp', 'BoltHelp']
    """
    written = [[at[1:] for at in MENTIONS.findall(text)] if "@" in text else [] for text in texts]
    spelt = Counter(name for names in written for name in set(names) if name.lower() not in MASKS)
    often: Counter[str] = Counter()
    forms: dict[str, str] = {}
    for name, count in spelt.most_common():
        often[name.lower()] += count
        forms.setdefault(name.lower(), name)
    known = {name for name, count in often.items() if count >= TIMES and not name.isdecimal()}
    first = [next((name.lower() for name in names if name.lower() in known), "") for names in written]
    to = Counter(filter(None, first))
    if not to or max(to.values()) >= ONE * to.total():
        return [""] * len(texts)
    return [forms.get(name, "") for name in first]


def calls(words: Sequence[str], names: frozenset[str]) -> BoolArray:
    """(words,) whether each is one of the names, or how one begins; words in lower case.

    >>> calls(["acme", "ac", "lamp"], frozenset(["acmecares"])).tolist()
    [True, False, False]
    """
    begun = {name[:end] for name in names for end in range(BEGINS, len(name) + 1)} | names
    return np.array([word in begun for word in words], np.bool_)
