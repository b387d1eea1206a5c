"""Where German nouns stand in their sentences: what a noun mostly does tells whether it names a matter."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.sentence import Text

AROUND = frozenset("in im ins an am ans auf aufs zum zur zwischen".split())
"""Prepositions of where something happens."""

SETTING, SEEN = 0.3, 6
"""A noun of which so many uses say where something happens names its setting, and no matter; uses from which on it is told."""

NUMBERED, NUMBERS = 0.2, 4
"""A noun that so many different numbers stand behind, for its uses, is one of many in which something happens: "ICE 848",
"Linie 18"; "Bahncard 50" is not."""

BOTH = frozenset("und oder u sowie".split())
KIN, KINDRED = 0.4, 5
"""A noun that so often stands beside the trade's own word ("Bus und Bahn") is of its kind; and times at least."""

IN_NAMES = 0.7
"""A noun of which so many uses stand behind, or before, another word written large is part of a name."""

REACH = 4
"""Words apart at most."""

JOINING = (Kind.DETERMINER, Kind.PREPOSITION, Kind.CONJUNCTION)


@dataclass
class Standing:
    """How often a noun is used, and where it stood."""

    uses: int = 0
    around: int = 0
    beside: int = 0
    behind_large: int = 0
    before_large: int = 0
    numbers: set[str] = field(default_factory=set)

    def note(self, text: Text, place: int, trade: Sequence[int], places: Collection[str]) -> None:
        """One use of it; `trade` are where the trade's own nouns stand in this text, `places` names that say where."""
        self.uses += 1
        self.around += _stands_around(text, place) or _is_of_a_place(text, place, places)
        self.beside += any(_are_beside(text, place, other) for other in trade if other != place)
        self.behind_large += place - 1 not in trade and _is_large(text, place, place - 1)
        self.before_large += _is_large(text, place, place + 1)
        self.numbers.update(_number(text, place))

    def is_aside(self) -> bool:
        """Whether it mostly says where something happens ("am Bahnhof", "im ICE 848"), stands beside the trade's own ("Bus
        und Bahn"), or in a name ("Hannoversche Allgemeine")."""
        kin = self.beside >= KINDRED and self.beside >= KIN * self.uses
        return kin or (self.uses >= SEEN and (self._is_setting() or self._is_named()))

    def _is_setting(self) -> bool:
        of_many = len(self.numbers) if len(self.numbers) >= NUMBERS else 0
        return self.around + of_many >= SETTING * self.uses or of_many >= NUMBERED * self.uses

    def _is_named(self) -> bool:
        return max(self.behind_large, self.before_large) >= IN_NAMES * self.uses


def _stands_around(text: Text, place: int) -> bool:
    """Whether a preposition of place leads to the noun, over an article and adjectives at most."""
    for before in range(place - 1, max(place - REACH, -1), -1):
        if text.clause[before] != text.clause[place]:
            return False
        if text.lower[before] in AROUND:
            return True
        adjective = text.words[before].islower() and text.lower[before].endswith(("e", "en", "er", "em"))
        if text.kind[before] not in (Kind.DETERMINER, Kind.ATTRIBUTE, Kind.ADJECTIVE) and not adjective:
            return False
    return False


def _is_of_a_place(text: Text, place: int, places: Collection[str]) -> bool:
    """Whether it goes on with the name of a place: "Köln Hbf", "Frankfurter Flughafen"."""
    if not place or text.clause[place - 1] != text.clause[place]:
        return False
    before = text.lower[place - 1]
    return before in places or before.removesuffix("er") in places


def _is_large(text: Text, place: int, beside: int) -> bool:
    """Whether the word beside, in the same clause, is written large too."""
    inside = 0 <= beside < len(text.words) and text.clause[beside] == text.clause[place]
    return inside and text.words[beside][0].isupper()


def _number(text: Text, place: int) -> list[str]:
    """The number behind a noun, if it has one."""
    behind = text.lower[place + 1 : place + 2]
    return [word for word in behind if text.clause[place + 1] == text.clause[place] and word[0].isdigit()]


def _are_beside(text: Text, one: int, other: int) -> bool:
    """Whether two nouns are named in one breath: "Bus und Bahn", "mit dem Bus oder der Bahn", "Bus, Bahn"."""
    first, last = min(one, other), max(one, other)
    if last - first > REACH or any(text.kind[i] not in JOINING for i in range(first + 1, last)):
        return False
    listed = last - first == 1 and text.clause[first] != text.clause[last]
    return listed or any(text.lower[i] in BOTH for i in range(first + 1, last))
