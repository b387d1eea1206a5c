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
    " money number numbers place places problem problems question questions reason reasons sort sorts trouble tweet tweets type types".split()
)
"""Nouns that need another: the number, the date, the problem of what?"""

GENERAL_DE = frozenset(
    "geld problem probleme sache sachen frage fragen grund gründe zeit leute menschen nummer zahl ort orte teil teile fall fälle".split()
)
"""German ones."""

DEEDS = frozenset(
    "add bother bothered bring change changed changing fix fixed fixing happen hear listen move read reading repeat run speak speaking talk"
    " talking turn work worked working works worried worry worrying".split()
)
"""Verbs that need an object, or who does it."""

BUYING = frozenset("bought buy buying buys purchased purchasing".split())
"""What all customers do: alone no matter."""

PAYING = frozenset("paid pay paying pays spend spending spent".split())
"""What is done with money, whatever it is about: side by side with it, it says nothing."""

ALONE = frozenset(
    "boyfriend brother dad daughter father girlfriend husband mistake mom mother mum sister son thread wife wrong".split()
)
"""Who is with whoever writes, and what may be of anything: no matter but with another word, as in "Wrong amount"."""

MATTER = 0.65
"""What a deed tells at least that is a matter by itself: see `settling.concern`."""

SIDE_BY_SIDE = re.compile(r" [·/] ")

SOMEBODY = frozenset("person people man woman someone somebody".split())
SMALL = {word: kind for word, kind in kinds("en").items() if word not in SOMEBODY}
EMPTY = SMALL.keys() | GENERAL | DEEDS


def says_nothing(title: str) -> bool:
    """Whether nothing that stands side by side in it asks, or names a thing or a matter."""
    parts = [[word for word, _, _ in tokens(part)] for part in SIDE_BY_SIDE.split(title)]
    return any(parts) and all(map(tells_nothing, parts))


def is_idle(title: str) -> bool:
    """Whether a title that is chosen still leaves open what it is about: it says nothing, or only what is no matter `ALONE`."""
    parts = [[word for word, _, _ in tokens(part)] for part in SIDE_BY_SIDE.split(title)]
    idle = ALONE | PAYING if ["money"] in parts else ALONE
    return any(parts) and all(tells_nothing(part) or _only(idle, part) for part in parts)


def is_matter(word: str) -> bool:
    """Whether a deed is a matter by itself: "cancel", "declined", and not "went"."""
    return bool(concern([word.lower()])[0] >= MATTER)


def tells_nothing(words: Sequence[str]) -> bool:
    """The same of one phrase, in lower case. Of two such words one may tell what the other is about: "change the date"."""
    asks = bool(words) and (words[0] == "who" or SMALL.get(words[0]) is Kind.QUESTION)
    both = not GENERAL.isdisjoint(words) and not DEEDS.isdisjoint(words)
    return not asks and not both and EMPTY.issuperset(words)


def _only(idle: frozenset[str], words: Sequence[str]) -> bool:
    said = [word for word in words if word not in SMALL]
    return bool(said) and idle.issuperset(said)
