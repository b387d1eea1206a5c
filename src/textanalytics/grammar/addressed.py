"""Whom a text is addressed to: the name of who is spoken to is no matter of what is said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

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


def handles(text: str) -> list[str]:
    """Whom a text speaks to, in its order and as it writes them; not what stands where a publisher took a name out.

    >>> handles("@AcmeCares and @user and @115712, my lamp flickers")
    ['AcmeCares']
    """
    names = [at[1:] for at in MENTIONS.findall(text)] if "@" in text else []
    return [name for name in names if name.lower() not in MASKS and not name.isdecimal()]


def spellings(said: Iterable[Collection[str]]) -> dict[str, Counter[str]]:
    """How many texts write a handle how, by its name in lower case; of the handles of each text.

    >>> spellings([["AcmeCares"], ["acmecares", "jo"]])["acmecares"].total()
    2
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for names in said:
        for name in set(names):
            found[name.lower()][name] += 1
    return found


def usual(spelt: Counter[str]) -> str:
    """As most write it."""
    return max(spelt, key=lambda form: (spelt[form], form))


def spoken_to(said: Sequence[Sequence[str]]) -> dict[str, str]:
    """Whom many speak to, by the name in lower case as it is mostly written; of the handles of each text. Nobody where nearly all
    texts that speak to any of them speak to one first: then it goes without saying.

    >>> spoken_to([["AcmeCares"]] * 10 + [["BoltHelp"]] * 10 + [["jo"]])
    {'acmecares': 'AcmeCares', 'bolthelp': 'BoltHelp'}
    """
    often = {name: usual(forms) for name, forms in spellings(said).items() if forms.total() >= TIMES}
    to = Counter(first for names in said if (first := _first(names, often)))
    return often if to and max(to.values()) < ONE * to.total() else {}


def firms(texts: Sequence[str]) -> list[str]:
    """Whom each of these texts, as they were written, is to: the first that it speaks to of those `spoken_to`; "" where there
    is none.

    >>> firms(["@AcmeCares my lamp flickers"] * 10 + ["@BoltHelp no light"] * 10 + ["@jo look"])[9:30:5]
    ['AcmeCares', 'BoltHelp', 'BoltHelp']
    """
    said = [handles(text) for text in texts]
    known = spoken_to(said)
    return [known.get(_first(names, known), "") for names in said]


def _first(names: Sequence[str], known: Mapping[str, str]) -> str:
    return next((name.lower() for name in names if name.lower() in known), "")


def calls(words: Sequence[str], names: frozenset[str]) -> BoolArray:
    """(words,) whether each is one of the names, or how one begins; words in lower case.

    >>> calls(["acme", "ac", "lamp"], frozenset(["acmecares"])).tolist()
    [True, False, False]
    """
    begun = {name[:end] for name in names for end in range(BEGINS, len(name) + 1)} | names
    return np.array([word in begun for word in words], np.bool_)
