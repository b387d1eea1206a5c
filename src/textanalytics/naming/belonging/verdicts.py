"""Themes that only judge one thing, and judge it alike: "Food is good" and "Good meal", "Laptop trouble" and "Computer trouble"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, everywhere, members_of
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.naming.belonging.akin import some_of
from textanalytics.naming.belonging.twins import ALIKE
from textanalytics.naming.saying.claims import SAME_SENSE
from textanalytics.naming.saying.empty import MATTER
from textanalytics.naming.saying.titling import TROUBLE, Title
from textanalytics.naming.saying.whole import whole
from textanalytics.sentiment import COLUMNS, strengths
from textanalytics.settling.concern import concern
from textanalytics.settling.marks import unit_rows, without
from textanalytics.settling.mixing import mixing
from textanalytics.text import tokens

JUDGES = 1.5
"""Strength from which on a word judges, if it says nothing else: "delicious" (a concern of .58), and not "clean" (.82)."""

MENDED = "fix"
"""Who asks for this says that something is wrong."""

SILENT = frozenset(
    {Kind.DETERMINER, Kind.PREPOSITION, Kind.SUBJECT, Kind.AUXILIARY, Kind.ADVERB, Kind.ATTRIBUTE, Kind.NOISE}
)
"""Small words that neither judge nor turn a judgement."""

SPEAKS = 0.4
"""Share of a theme's texts that hold the thing that its title judges, in that or another word of the same sense."""

FEWEST, MIXED = 4, 0.22
"""Messages of a theme that is asked; and how much two mix without the words of their titles (`mixing`), from which on nothing else tells them apart.
Themes of classes that people tell apart mix by .17 at most (`twins.mixed`)."""


@dataclass(frozen=True)
class Verdict:
    """What a title says: that a thing is good (1) or that there is trouble with it (-1)."""

    mood: int
    thing: tuple[str, ...]
    judging: tuple[str, ...]


def one_verdict(
    titles: Mapping[int, Title], labels: IntArray, vectors: FloatArray, corpus: Corpus, encoder: Encoder
) -> dict[int, list[int]]:
    """Of these that judge one thing alike (the same, two words for one, or two of those that all is about: "laptop", "computer", "machine") the one
    that calls the thing and judges it as most do, else the largest, with the others.

    `vectors` (n, d) are what the texts mean. English only.
    """
    if corpus.is_german or not titles:
        return {}
    verdicts, members = Verdicts(corpus, encoder), members_of(labels)
    several = (label for label in titles if len(members.get(label, ())) >= FEWEST)
    read = ((label, verdicts.of(titles[label].headline)) for label in several)
    said = {label: one for label, one in read if one and verdicts.is_of(one, members[label])}
    usual = {label: (*verdicts.often(one), len(members[label]), -label) for label, one in said.items()}
    order = sorted(said, key=lambda label: usual[label], reverse=True)
    middle = vectors[labels >= 0].mean(0)

    def mix(one: int, other: int) -> bool:
        drop = verdicts.words(said[one]) | verdicts.words(said[other])
        left = (encoder.encode(without(corpus, some_of(labels, label), drop)) for label in (one, other))
        return mixing(*(unit_rows(rows - middle) for rows in left)) >= MIXED

    into: dict[int, int] = {}
    for place, label in enumerate(order):
        alike = (one for one in order[:place] if verdicts.are_one(said[label], said[one]))
        into[label] = next((into[one] for one in alike if mix(label, one)), label)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for label, first in into.items():
        if label != first:
            found[first].append(label)
    return dict(found)


class Verdicts:
    """Reads what the titles of one corpus judge."""

    def __init__(self, corpus: Corpus, encoder: Encoder) -> None:
        self._corpus, self._encoder = corpus, encoder
        self._kinds, self._names = kinds("en"), corpus.words.names
        self._common = {stem_of(self._names[stem], "en") for stem in everywhere(corpus)}
        self._stems: defaultdict[str, set[int]] = defaultdict(set)
        for stem, name in enumerate(self._names):
            self._stems[stem_of(name, "en")].add(stem)

    def of(self, title: str) -> Verdict | None:
        """None for one that says more, or does not judge."""
        moods, thing, judging = set(), [], []
        for word, _, _ in tokens(title):
            kind = self._kinds.get(word, Kind.OPEN)
            if mood := _judges(word):
                moods.add(mood)
                judging.append(word)
            elif kind is Kind.OPEN:
                thing.append(word)
            elif kind not in SILENT:
                return None
        return Verdict(moods.pop(), tuple(thing), tuple(judging)) if len(moods) == 1 and thing else None

    def is_of(self, verdict: Verdict, texts: IntArray) -> bool:
        """Whether enough of these texts speak of the thing."""
        senses = [self._senses(word) for word in verdict.thing]
        held = (self._corpus.held[text] for text in texts.tolist())
        speaking = sum(not any(word.isdisjoint(own) for word in senses) for own in held)
        return speaking >= SPEAKS * len(texts)

    def are_one(self, one: Verdict, other: Verdict) -> bool:
        """Whether they judge one thing alike. What all speak of makes no other thing of it: "update" and "YouTube update"."""
        if one.mood != other.mood:
            return False
        words = [{stem_of(word, "en") for word in verdict.thing} for verdict in (one, other)]
        if (words[0] & words[1] and words[0] ^ words[1] <= self._common) or words[0] | words[
            1
        ] <= self._whole:
            return True
        rows = self._encoder.encode([" ".join(verdict.thing) for verdict in (one, other)])
        return bool(rows[0] @ rows[1] >= ALIKE)

    def words(self, verdict: Verdict) -> frozenset[int]:
        """The stems of what it says."""
        said = (*verdict.thing, *verdict.judging)
        return frozenset().union(*(self._stems[stem_of(word, "en")] for word in said))

    def often(self, verdict: Verdict) -> tuple[int, int]:
        """How many texts speak of the thing, and how many judge in that word."""
        return self._least(verdict.thing), self._least(verdict.judging)

    def _least(self, words: Sequence[str]) -> int:
        return min(sum(self._held[stem] for stem in self._stems[stem_of(word, "en")]) for word in words)

    @cached_property
    def _rows(self) -> FloatArray:
        """(words, d) what each word means."""
        return self._encoder.encode(self._names)

    @cached_property
    def _held(self) -> Counter[int]:
        return Counter(stem for held in self._corpus.held for stem in held)

    @cached_property
    def _whole(self) -> frozenset[str]:
        return whole(self._corpus)

    def _senses(self, word: str) -> set[int]:
        """The words that say the same."""
        near = self._rows @ self._encoder.encode([word])[0] >= SAME_SENSE
        return self._stems[stem_of(word, "en")] | set(np.flatnonzero(near).tolist())


@lru_cache(maxsize=10_000)
def _judges(word: str) -> int:
    """1 for a word that only praises, -1 for one that only blames."""
    if word in (TROUBLE, MENDED):
        return -1
    strength = float(strengths([word])[0, COLUMNS["en"]])
    judges = abs(strength) >= JUDGES and concern([word])[0] < MATTER
    return int(np.sign(strength)) if judges else 0
