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
from textanalytics.grammar.compounds import LINKS, front, head
from textanalytics.grammar.german import SPLIT, root, sent_off
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.grammar.sentence import Text
from textanalytics.grammar.standing import Standing

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

BY_ITSELF = 0.3
"""A noun used less often than so many texts hold it, in others grown together, is a class of things."""

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

STEM = 7
"""Letters at most of a verb's own stem: "Ausfall", "Anschluss"."""

ABSTRACT = ("keit", "heit")
DERIVED = ("ung", "keit")
"""How nouns end that are made of a verb or an adjective, which may then be the commoner word; else it is another word."""


MISSED = {"pünktlichkeit": "verspätung", "unpünktlichkeit": "verspätung"}
"""What is missed where more speak of what there is instead: who says how punctual a late train is mostly scorns it."""


class Nouns:
    """The nouns of German texts, each by the stem that stands for it and all that is made of it."""

    def __init__(self, texts: Sequence[Text], places: Iterable[str]) -> None:
        """`places` are names that say where, as `whereabouts` finds them."""
        self._texts = texts
        self._uses = Counter(word for text in texts for word in text.lower)
        self._nouns = _written_large(texts)
        missed = {noun: instead for noun, instead in MISSED.items() if self._used(instead) > self._used(noun)}
        self._stems = {word: stem_of(missed.get(word, word), "de") for word in self._nouns}
        self._named = frozenset(places)
        self._places = frozenset(stem_of(name, "de") for name in self._named)
        self._keys: dict[str, tuple[str, ...]] = {}

    def _used(self, noun: str) -> int:
        """How often it is, or the adjective that it is made of."""
        return sum(self._uses[word] for word in {noun, noun.removesuffix("keit")})

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
    def names(self) -> dict[str, str]:
        """Of each noun the word that is used most."""
        found: dict[str, str] = {}
        for word in sorted(self._nouns, key=lambda word: (-self._uses[word], word)):
            found.setdefault(self._stems[word], word)
        return found

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
        """The nouns that stand where no matter does: see `standing`."""
        found: defaultdict[str, Standing] = defaultdict(Standing)
        for text in self._texts:
            named = [(i, self._stems[word]) for i, word in enumerate(text.lower) if word in self._stems]
            trade = [i for i, noun in named if noun in self.trade]
            for place, noun in named:
                found[noun].note(text, place, trade, self._named)
        return frozenset(noun for noun, standing in found.items() if standing.is_aside())

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
            first = front(word, self._nouns)
            return (first,) if first else ()
        before = word[: -len(last)]
        fronts = (before.removesuffix(link) for link in LINKS if before.endswith(link))
        first = next((part for part in fronts if len(part) >= LEAST and part in self._nouns), last)
        return first, last

    def noun_of(self, word: str) -> str:
        """The noun that a verb or an adjective is made of, or made into: "Pünktlichkeit" of "pünktlich"; "" if there is none."""
        return self._verb_nouns.get(word, "")

    def _about(self, text: Text) -> frozenset[str]:
        said: Counter[str] = Counter()
        early: set[str] = set()
        start = _name_of_a_page(text)
        for place, word in enumerate(text.lower[start:], start):
            found = self._torn(text, place) or self.keys(word)
            said.update(found)
            if place - start < OPENING:
                early.update(found)
        if len(text.lower) <= 2 * OPENING:
            return frozenset(said)
        return frozenset(noun for noun, count in said.items() if count >= AGAIN or noun in early)

    def _torn(self, text: Text, place: int) -> tuple[str, ...]:
        """The noun of a verb that has sent its particle to the end: "fällt … aus" of "Ausfall"."""
        part = sent_off(text, place)
        noun = self._particled.get(part + root(text.lower[place]), "") if part else ""
        return (self._stems[noun],) if noun else ()

    @cached_property
    def _particled(self) -> dict[str, str]:
        """The nouns that are made of a verb and its particle, by that and what the forms of the verb share."""
        found: dict[str, str] = {}
        for noun in sorted(self._nouns, key=lambda noun: (-self._nouns[noun], noun)):
            part = max((part for part in SPLIT if noun.startswith(part)), key=len, default="")
            if part and LEAST <= len(noun) - len(part) <= STEM:
                found.setdefault(part + root(noun[len(part) :]), noun)
        return found

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
    uses = Counter(word for text in texts for word in text.lower)
    inside: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text in texts:
        before = -1
        for word, lower, clause in zip(text.words, text.lower, text.clause, strict=True):
            if clause == before:
                inside[lower] += 1
                if word[0].isupper():
                    large[lower] += 1
            before = clause
    return {word: uses[word] for word, count in large.items() if count > LARGE * inside[word]}


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
    for part in SPLIT:
        if base.startswith(part):
            own = base[len(part) :]
            yield from (f"{part}ge{own}t", f"{part}ge{own}en", f"{part}{own.replace('a', 'ä')}t")
