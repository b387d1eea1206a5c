"""Whether an English title says nothing by itself: "Doesn't work", "That is my only complaint", "Place". What it is about stands
somewhere else, in each message another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.settling.concern import concern
from textanalytics.text import tokens

GENERAL = frozenset(
    "amount amounts brand case cases complain complaint complaints date dates fact facts issue issues kind kinds matter matters"
    " mistake mistakes money number numbers place places problem problems question questions reason reasons sort sorts thread threads trouble tweet"
    " tweets type types".split()
)
"""Nouns that need another: the number, the date, the problem of what?"""

DEEDS = frozenset(
    "add bring change changed changing happen hear listen move read reading repeat run speak speaking talk talking turn work worked working"
    " works".split()
)
"""Verbs that need an object, or who does it."""

BUYING = frozenset("bought buy buying buys".split())
"""What all customers do: no matter by itself."""

PAYING = frozenset("paid pay paying pays spend spending spent".split())
"""What is done with money, whatever it is about: side by side with it, it says nothing."""

ALONE = frozenset(
    "boyfriend brother dad daughter father girlfriend husband mom mother mum sister son wife wrong".split()
)
"""Who is with whoever writes, and that something is wrong: no matter, if it stands alone; "Wrong amount" is one."""

MATTER = 0.65
"""What a deed tells at least that is a matter by itself: see `settling.concern`."""

SIDE_BY_SIDE = re.compile(r" [·/] ")

SOMEBODY = frozenset("person people man woman someone somebody".split())
SMALL = {word: kind for word, kind in kinds("en").items() if word not in SOMEBODY}
EMPTY = SMALL.keys() | GENERAL | DEEDS


def says_nothing(title: str) -> bool:
    """Whether nothing that stands side by side in it asks, or names a thing or a matter."""
    parts = [[word for word, _, _ in tokens(part)] for part in SIDE_BY_SIDE.split(title)]
    idle = ALONE | PAYING if ["money"] in parts else ALONE
    return any(parts) and all(tells_nothing(part) or (part and idle.issuperset(part)) for part in parts)


def is_matter(word: str) -> bool:
    """Whether a deed is a matter by itself: "cancel", "declined", and not "went" or "buy"."""
    return word.lower() not in BUYING and bool(concern([word.lower()])[0] >= MATTER)


def tells_nothing(words: Sequence[str]) -> bool:
    """The same of one phrase, in lower case. Of two such words one may tell what the other is about: "change the date"."""
    asks = bool(words) and (words[0] == "who" or SMALL.get(words[0]) is Kind.QUESTION)
    both = not GENERAL.isdisjoint(words) and not DEEDS.isdisjoint(words)
    return not asks and not both and EMPTY.issuperset(words)
