"""What German texts speak of: their nouns, each with its compounds, its verb and its adjective.

German writes its nouns large, grows them together and makes them of verbs: "Zugverspätung", "verspätet" and "Verspätung" are
one thing. A noun names a matter unless it only names where something happens ("am Bahnhof"), what kind of thing the whole
trade is ("Bus und Bahn"), or nothing by itself ("Grund", "Fall": shell nouns, Schmid 2000).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property

from textanalytics import lexicons
from textanalytics.compounds import LINKS, head
from textanalytics.german import SPLIT
from textanalytics.grammar import Kind, kinds
from textanalytics.keywords import stem_of
from textanalytics.sentence import Text

SHELLS = frozenset(
    "leben bild bilder punkt teil recht suche nähe thema themen ort orte lage welt mitte gefühl idee ideen bereich raum"
    " herr herrn frau frauen mann männer mensch menschen leute fuß freund freunde freunden freundin grund gründe gründen"
    " frage fragen problem probleme problemen fall fälle art weise ding dinge sache sachen stück seite seiten ende anfang"
    " zahl zahlen name namen wort worte wörter satz text beitrag artikel land länder stadt städte region kreis haus hand"
    " hände kopf auge augen spaß glück liebe ahnung meinung erfahrung erfahrungen beispiel möglichkeit möglichkeiten ziel"
    " ziele weg wege moment zukunft geschichte runde gruppe person personen hilfe sinn nummer reihe folge folgen ergebnis"
    " form rolle stelle stellen angabe angaben zeitraum zeiten norden süden westen osten unternehmen firma nachricht"
    " nachrichten meldung bericht tag gruß grüße schluss blick luft typ typen kerl junge jungs mädchen familie mutter"
    " vater tochter sohn eltern alter gesellschaft system situation entwicklung bedeutung verfügung gelegenheit sorge"
    " wunder hoffnung angst lust kilometer meter euro cent prozent million millionen milliarde milliarden hälfte menge"
    " anzahl rest vergleich unterschied umgang zustand verhältnis rahmen zusammenhang ordnung richtung zweck aufgabe"
    " arbeit mal male jahrhundert anderer zitat quelle link video videos foto fotos dank freude scheiß scheiße mist"
    " idiot idioten arsch ag gmbh kg"
    " information informationen info infos forderung forderungen hinweis hinweise kommentar kommentare stimme stimmen"
    " artikel gespräch gespräche kollege kollegen kollegin chef sprecher experte experten interesse chance vorteil"
    " nachteil schritt wunsch wünsche versuch plan pläne planung planungen gesicht stimmung moment augenblick".split()
)
"""Nouns that only hold what the rest of the sentence says, and the people and figures that any sentence may hold."""

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
"""A noun of which so many uses stand behind another word written large is part of a name."""

BY_ITSELF = 0.3
"""A noun used less often than so many texts hold it, in others grown together, is a class of things."""

REACH = 4
"""Words apart at most."""

LARGE = 0.5
"""Share of its uses within a clause in which a noun is written large: at its beginning every word is."""

OPENING, AGAIN = 20, 2
"""A text longer than twice this is about the nouns in its first words, and about those it uses so often."""

COMMON, OFTEN = 0.05, 50
"""Share of all texts, and their number, from which on a noun is the trade's own."""

NAME = 3
"""Words written large at the beginning of a text from which on they are a name."""

LEAST = 4
"""Letters of the front of a compound, and of what a verb is made of."""

ABSTRACT = ("keit", "heit")
DERIVED = ("ung", "keit")
"""How nouns end that are made of a verb or an adjective, which may then be the commoner word; else it is another word."""


class Nouns:
    """The nouns of German texts, each by the stem that stands for it and all that is made of it."""

    def __init__(self, texts: Sequence[Text], places: Iterable[str]) -> None:
        """`places` are names that say where, as `whereabouts` finds them."""
        self._texts = texts
        self._uses = Counter(word for text in texts for word in text.lower)
        self._nouns = _written_large(texts)
        self._stems = {word: stem_of(word, "de") for word in self._nouns}
        self._places = frozenset(stem_of(name, "de") for name in places)
        self._keys: dict[str, tuple[str, ...]] = {}

    @cached_property
    def held(self) -> list[frozenset[str]]:
        """For each text the nouns that it is about."""
        return [self._about(text) for text in self._texts]

    @cached_property
    def matters(self) -> frozenset[str]:
        """The nouns that name a matter."""
        known = frozenset(stem for word, stem in self._stems.items() if len(word) > 2)
        return known - self.silent - self.trade - self._places

    def is_noun(self, word: str) -> bool:
        """In lower case."""
        return word in self._nouns

    @cached_property
    def silent(self) -> frozenset[str]:
        """The nouns that name no matter, but for the trade's own and for places."""
        return shells() | self.aside | self._classes

    @cached_property
    def _classes(self) -> frozenset[str]:
        """The nouns that hardly stand by themselves, but at the end of many others: "Fernverkehr", "Zugverkehr"."""
        uses: Counter[str] = Counter()
        for word, stem in self._stems.items():
            uses[stem] += self._uses[word]
        for word, noun in self._verb_nouns.items():
            uses[self._stems[noun]] += self._uses[word] if noun.endswith(DERIVED) else 0
        return frozenset(noun for noun, count in self._counts.items() if uses[noun] < BY_ITSELF * count)

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(noun for held in self.held for noun in held)

    @cached_property
    def trade(self) -> frozenset[str]:
        """The nouns of which all speak."""
        often = max(COMMON * len(self._texts), OFTEN)
        return frozenset(noun for noun, count in self._counts.items() if count >= often)

    @cached_property
    def aside(self) -> frozenset[str]:
        """The nouns that mostly say where something happens ("am Bahnhof", "auf der Strecke", "im ICE 848"), mostly stand
        beside the trade's own ("Bus und Bahn", "Flugzeug, Bahn oder Fernbus"), or in a name ("Hannoversche Allgemeine")."""
        uses: Counter[str] = Counter()
        around: Counter[str] = Counter()
        numbers: defaultdict[str, set[str]] = defaultdict(set)
        beside: Counter[str] = Counter()
        in_names: Counter[str] = Counter()
        for text in self._texts:
            named = [(i, self._stems[word]) for i, word in enumerate(text.lower) if word in self._stems]
            trade = [i for i, noun in named if noun in self.trade]
            for place, noun in named:
                uses[noun] += 1
                where = _stands_around(text, place) or self._is_of_a_place(text, place)
                around[noun] += where
                numbers[noun].update(_number(text, place))
                beside[noun] += any(_are_beside(text, place, other) for other in trade if other != place)
                in_names[noun] += place - 1 not in trade and _ends_a_name(text, place)
        return frozenset(
            noun
            for noun, count in uses.items()
            if _is_setting(count, around[noun], len(numbers[noun]))
            or (beside[noun] >= KINDRED and beside[noun] >= KIN * count)
            or (count >= SEEN and in_names[noun] >= IN_NAMES * count)
        )

    def _is_of_a_place(self, text: Text, place: int) -> bool:
        """Whether it goes on with the name of a place: "Köln Hbf", "Frankfurter Flughafen"."""
        if not place or text.clause[place - 1] != text.clause[place]:
            return False
        before = text.lower[place - 1]
        return any(stem_of(name, "de") in self._places for name in (before, before.removesuffix("er")))

    def keys(self, word: str) -> tuple[str, ...]:
        """The nouns that a word of a text speaks of, itself first: a compound of both its parts."""
        if word not in self._keys:
            self._keys[word] = tuple(dict.fromkeys(self._found(word)))
        return self._keys[word]

    def _found(self, word: str) -> Iterator[str]:
        if word not in self._nouns:
            if word in self._verb_nouns:
                yield self._stems[self._verb_nouns[word]]
            return
        yield self._stems[word]
        for part in self._parts(word):
            yield self._stems[part]

    def _parts(self, word: str) -> Iterable[str]:
        if "-" in word.strip("-"):
            return [part for part in word.split("-") if part in self._nouns and len(part) > 2]
        last = head(word, self._nouns)
        if last == word:
            return ()
        front = word[: -len(last)]
        fronts = (front.removesuffix(link) for link in LINKS if front.endswith(link))
        first = next((part for part in fronts if len(part) >= LEAST and part in self._nouns), last)
        return first, last

    def noun_of(self, word: str) -> str:
        """The noun that a verb or an adjective is made of, or made into: "Pünktlichkeit" of "pünktlich"; "" if there is none."""
        return self._verb_nouns.get(word, "")

    def _about(self, text: Text) -> frozenset[str]:
        said: Counter[str] = Counter()
        early: set[str] = set()
        for place, word in enumerate(text.lower[_name_of_a_page(text) :]):
            found = self.keys(word)
            said.update(found)
            if place < OPENING:
                early.update(found)
        if len(text.lower) <= 2 * OPENING:
            return frozenset(said)
        return frozenset(noun for noun, count in said.items() if count >= AGAIN or noun in early)

    @cached_property
    def _verb_nouns(self) -> dict[str, str]:
        """The noun of each verb and adjective that is made of it, or it of them; where the noun is the commoner word."""
        known, made = kinds("de"), dict[str, str]()
        for noun, count in sorted(self._nouns.items(), key=lambda pair: (-pair[1], pair[0])):
            most = math.inf if noun.endswith(DERIVED) else count
            for form in _forms(noun):
                if form not in self._nouns and form not in known and 0 < self._uses[form] <= most:
                    made.setdefault(form, noun)
        return made


@cache
def shells() -> frozenset[str]:
    """Stems of what names no matter by itself: shell nouns, all that holds sentences together, small talk."""
    small = {word for word, kind in kinds("de").items() if kind is not Kind.OPEN}
    silent = SHELLS | small | lexicons.common_words().keys() | lexicons.words("small talk")
    return frozenset(stem_of(word, "de") for word in silent)


def _written_large(texts: Sequence[Text]) -> dict[str, int]:
    """The uses of each noun, told by the capital that it has within a clause."""
    uses: Counter[str] = Counter()
    large: Counter[tuple[str, bool]] = Counter()
    inside: Counter[str] = Counter()
    for text in texts:
        for place, word in enumerate(text.words):
            within = place > 0 and text.clause[place] == text.clause[place - 1]
            lower = text.lower[place]
            uses[lower] += 1
            inside[lower] += within
            large[lower, within] += word[0].isupper()
    return {word: count for word, count in uses.items() if large[word, True] > LARGE * inside[word]}


def _name_of_a_page(text: Text) -> int:
    """How many words a text begins with that are all written large: the name of what it answers, but for the last."""
    large = next((i for i, word in enumerate(text.words) if not word[0].isupper()), len(text.words))
    return large - 1 if NAME <= large < len(text.words) else 0


def _forms(noun: str) -> Iterator[str]:
    """The verbs and adjectives that a noun may be made of, or they of it, as they are written."""
    if noun.endswith(ABSTRACT):
        yield from (noun[:-4] + end for end in ("", "e", "en", "er", "es"))
        return
    base = noun[:-3] if noun.endswith("ung") else noun.rstrip("e")
    if len(base) < LEAST:
        return
    yield from (base + end for end in ("en", "t", "et", "te", "iert", "ieren"))
    yield from (f"ge{base}{end}" for end in ("t", "et"))
    yield from (f"{part}ge{base[len(part) :]}t" for part in SPLIT if base.startswith(part))


def _is_setting(uses: int, around: int, numbers: int) -> bool:
    of_many = numbers if numbers >= NUMBERS else 0
    return uses >= SEEN and (around + of_many >= SETTING * uses or of_many >= NUMBERED * uses)


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


def _ends_a_name(text: Text, place: int) -> bool:
    return place > 0 and text.clause[place - 1] == text.clause[place] and text.words[place - 1][0].isupper()


def _number(text: Text, place: int) -> list[str]:
    """The number behind a noun, if it has one."""
    behind = text.lower[place + 1 : place + 2]
    return [word for word in behind if text.clause[place + 1] == text.clause[place] and word[0].isdigit()]


def _are_beside(text: Text, one: int, other: int) -> bool:
    """Whether two nouns are named in one breath: "Bus und Bahn", "mit dem Bus oder der Bahn", "Bus, Bahn"."""
    first, last = min(one, other), max(one, other)
    between = range(first + 1, last)
    if last - first > REACH or any(
        text.kind[i] not in (Kind.DETERMINER, Kind.PREPOSITION, Kind.CONJUNCTION) for i in between
    ):
        return False
    listed = last - first == 1 and text.clause[first] != text.clause[last]
    return listed or any(text.lower[i] in BOTH for i in between)
