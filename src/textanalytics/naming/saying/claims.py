"""How many texts of a theme say what a phrase claims, in whatever words.

A phrase stands in one text, and a title speaks for all of them. What it claims is more than the thing it is about, so the word that
the fewest say decides, and not how many hold some of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from weakref import WeakKeyDictionary

import numpy as np

from textanalytics.base import BoolArray
from textanalytics.grammar.corpus import Corpus, everywhere
from textanalytics.grammar.ends import ENDINGS
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.negation import denies
from textanalytics.grammar.phrases import Phrase
from textanalytics.grammar.sentence import Text
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.nearness import Meaning

SAME_SENSE = 0.55
"""Cosine of two words from which on one says what the other says: "bag" and "luggage", "price" and "expensive"."""

HELD = 0.32
"""Share of a theme's texts that have to say what its title claims."""

KEPT = 0.2
"""And where there is nothing better to be said."""

WORDED = 0.1
"""And of those that have to say it in its words or others of the same sense."""

OUTRIGHT, WHY = 0.4, "why"
"""And of those that ask why, which takes what it asks for a fact: who asks when the gym opens does not say that it is closed. And that
say each word of a sentence that speaks for few."""

SPEAKERS = 2
"""And how many at least: one person's words name no theme of three."""


def needed(share: float, backing: Backing) -> float:
    """The share of the texts that have to say something: two of them at least."""
    return max(share, SPEAKERS / backing.size)


class Claims:
    """Asks the texts of a theme for what they say. Built for one corpus; words are looked up once."""

    def __init__(self, corpus: Corpus, meaning: Meaning) -> None:
        self._texts, self._names = corpus.texts, corpus.words.names
        self._meaning = meaning
        self._stem, self._starts = corpus.words.stem, corpus.words.starts
        self._common = everywhere(corpus)
        self._near: dict[tuple[int, int], bool] = {}
        self._senses: WeakKeyDictionary[Backing, dict[int, list[int]]] = WeakKeyDictionary()
        """Of each theme; its words are asked for again with each phrase."""

    def held(self, text: int, phrase: Phrase, backing: Backing) -> bool:
        """Whether enough of the texts say it, and enough of them in its words."""
        why = phrase.asks and self._texts[text].lower[phrase.start] == WHY
        least = needed(OUTRIGHT if why else WORDED, backing)
        worded = self._saying(text, phrase, backing, nearer=False).mean() >= least
        return bool(worded and self.saying(text, phrase, backing).mean() >= needed(HELD, backing))

    def nothing_else(self, words: Sequence[int], text: int, phrase: Phrase, backing: Backing) -> bool:
        """Whether some of the texts say it, and enough of them say no single one of the `words` either."""
        said = float(self.saying(text, phrase, backing).mean()) >= needed(KEPT, backing)
        return said and not any(self.share(stem, backing) >= HELD for stem in words)

    def worded(self, text: int, phrase: Phrase, backing: Backing) -> BoolArray:
        """(backing.size,) whether each text says it in its words, each of them, or others of the same sense; and denies one of
        them where the phrase does."""
        read, places = self._texts[text], range(phrase.start, phrase.end)
        asked = self._asked(text, phrase)
        said = np.all([self._held(text, place, stem, backing) for place, stem in asked], axis=0)
        senses = [other for _, stem in asked if stem >= 0 for other in self.senses(stem, backing)]
        outright = backing.denying_any(senses)
        if any(denies(read, place) for place in places):
            return np.asarray(said & outright)
        return np.asarray(said if phrase.asks else said & ~outright)

    def saying(self, text: int, phrase: Phrase, backing: Backing) -> BoolArray:
        """(backing.size,) whether each text says what the phrase claims: holds each of its words, in another form or another
        word of the same sense, or is nearer to the phrase than to what is left of it without that word; and denies it
        where the phrase does. A word of which a quarter of all texts speak goes without saying."""
        return self._saying(text, phrase, backing, nearer=True)

    def _saying(self, text: int, phrase: Phrase, backing: Backing, *, nearer: bool) -> BoolArray:
        read, places = self._texts[text], range(phrase.start, phrase.end)
        words = self._asked(text, phrase)
        asked = [(place, stem) for place, stem in words if stem not in self._common]
        said = np.ones(backing.size, np.bool_)
        for place, stem in asked:
            said &= self._held(text, place, stem, backing)
        if nearer and len(words) > 1 and asked:
            near = self._nearer(text, phrase, [place for place, _ in asked], backing)
            near[:, [turns(read, place) for place, _ in asked]] = False
            held = [self._held(text, place, stem, backing) for place, stem in asked]
            said = np.all([one | near[:, number] for number, one in enumerate(held)], axis=0)
        if any(denies(read, place) for place in places):
            return said & backing.denies_any
        stems = [stem for _, stem in words if stem >= 0]
        return said if phrase.asks else said & ~backing.denying_all(stems)

    def _asked(self, text: int, phrase: Phrase) -> list[tuple[int, int]]:
        """Its words that say something, each with its place and its stem; -1 for a verb that means little by itself, and for what tells
        which way it goes."""
        offset, read = self._starts[text], self._texts[text]
        places = range(phrase.start, phrase.end)
        stems = ((place, int(self._stem[offset + place])) for place in places)
        last = phrase.end - 1 if turns(read, phrase.end - 1) else -1
        return [
            (place, stem)
            for place, stem in stems
            if stem >= 0 or read.kind[place] is Kind.WEAK or place == last
        ]

    def _held(self, text: int, place: int, stem: int, backing: Backing) -> BoolArray:
        read = self._texts[text]
        if turns(read, place):
            alone = read.kind[place] is Kind.PARTICLE
            return backing.going(read.lower[place - 1], read.lower[place], alone=alone)
        return self.holding(stem, backing) if stem >= 0 else _forms(read.lower[place], backing)

    def senses(self, stem: int, backing: Backing) -> list[int]:
        """The word and those of the texts that say the same."""
        known = self._senses.setdefault(backing, {})
        if stem not in known:
            known[stem] = [stem, *self._same(stem, [other for other in backing.repeated if other != stem])]
        return known[stem]

    def holding(self, stem: int, backing: Backing) -> BoolArray:
        """(backing.size,) whether each text holds the word or another of the same sense."""
        return backing.any_of(self.senses(stem, backing))

    def share(self, stem: int, backing: Backing) -> float:
        return float(self.holding(stem, backing).mean())

    def share_of_all(self, stems: Sequence[int], backing: Backing) -> float:
        """Share of the texts that hold each of them so."""
        return float(np.all([self.holding(stem, backing) for stem in stems], axis=0).mean())

    def repeats(self, stems: Sequence[int], others: Sequence[int]) -> bool:
        """Whether one of them has the same sense as one of the others."""
        return any(stem == other or self._are_same(stem, other) for stem in stems for other in others)

    def _are_same(self, stem: int, other: int) -> bool:
        known = self._near.get((stem, other))
        return bool(self._same(stem, [other])) if known is None else known

    def nearness(self, words: Sequence[str], backing: Backing) -> list[float]:
        """0 to 1 for each: how near what it means is to what the texts mean; 1 for the nearest."""
        return self._meaning.nearness(backing.places, words) if words else []

    def _same(self, stem: int, others: Sequence[int]) -> list[int]:
        new = [other for other in others if (stem, other) not in self._near]
        if new:
            alike = self._meaning.likeness(self._names[stem], [self._names[other] for other in new])
            for other, cosine in zip(new, alike, strict=True):
                self._near[stem, other] = self._near[other, stem] = cosine >= SAME_SENSE
        return [other for other in others if self._near[stem, other]]

    def _nearer(self, text: int, phrase: Phrase, places: Collection[int], backing: Backing) -> BoolArray:
        """(backing.size, places) whether each text is nearer to the phrase than to the phrase without that word."""
        words = self._texts[text].words
        whole = range(phrase.start, phrase.end)
        without = [" ".join(words[other] for other in whole if other != place) for place in places]
        return self._meaning.nearer(backing.places, " ".join(words[i] for i in whole), without)


def turns(text: Text, place: int) -> bool:
    """Whether it is a small English word that tells which way the one before it goes ("log in"): to likeness "in" and "out" are one."""
    small = text.kind[place] is Kind.PARTICLE or text.lower[place] in ENDINGS
    return small and place > 0 and not text.german


def _forms(word: str, backing: Backing) -> BoolArray:
    """(backing.size,) whether each text holds a small word in one of its forms."""
    root = stem_of(word, "en")
    return backing.any_of([form for form in backing.spellings if stem_of(form, "en") == root])
