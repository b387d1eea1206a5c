"""Titles made of single words, where no phrase is good enough; and a word to add to a title that is only a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from heapq import nlargest

import numpy as np

from textanalytics.base import BoolArray
from textanalytics.grammar.corpus import Corpus, everywhere
from textanalytics.grammar.keywords import Weights
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.grammar.phrases import Phrase
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.claims import HELD, Claims
from textanalytics.naming.saying.things import Stood, codes, deeds, nothing_else, qualities, stand, things
from textanalytics.naming.saying.titling import written
from textanalytics.naming.saying.usual import Usual
from textanalytics.sentiment import strengths

LISTED, LISTED_FROM, STAYS = 3, 12, 0.25
"""Words that are listed where no phrase will do, out of so many; and what a word is worth that only stands in texts
that a word before it has named."""

COMMON = 0.1
"""Share of all texts with a word that says nothing more of a name: "airline · flight"."""

DONE = 0.6
"""For a word in a list that names no thing: "driver" goes before "waiting"."""

APART, BESIDE = " · ", " / "
"""Between words that are listed, and between two titles of one theme."""

NO_WORDS = "No words"
"""The title of what holds no word that could be one."""

LENDS, LISTS, BARE = 0.15, 0.08, 0.1
"""Shares of the theme's texts that hold a word which is put behind a name of several words to say what about it, one that
stands behind others in a list, and one behind a single word, which says too little alone."""

JUDGES, FELT = 0.07, 1.5
"""And so many where the word blames so strongly: who complains does so in many words, and one of them is enough to tell the complaint."""

SCRAP = 2
"""Letters of what is no German noun, but a shortened place or a mark: "NW"."""

ADVERB = 5
"""Letters of a word from which on "-ly" tells an adverb: not "apply", not "reply"."""

ROOT = 4
"""Letters that two forms of one word share."""

HAPPENED = re.compile(r"(?:\w*ge|be|ver|er|ent|zer)\w{2,}(?:t|en)")
"""German participles, as far as their form tells."""

ASTRAY = frozenset(("up", "out", "off", "back", "away"))
"""Small words that tell nothing without their verb."""

NEVER_BEFORE = frozenset(("sure", "possible", "late", "full"))
"""Adjectives that say something else before a thing."""

SEVERAL, ENOUGH = 3, 14
"""Texts at least that hold what is listed as denied, or stands behind an English name and does not blame, and in a theme of so many, what is listed
at all."""

DISPUTED = 0.5
"""A statement that so many of the texts with its words deny is no title."""


class Listing:
    """Lists words of one corpus, each with its "not" where most deny it."""

    def __init__(self, corpus: Corpus) -> None:
        self._words, self._spelling = corpus.words, corpus.spelling
        self.everywhere = everywhere(corpus)
        self._often = everywhere(corpus, COMMON)
        self._corpus, self._tells = corpus, corpus.tells().tolist()
        self.usual = Usual(corpus)

    @cached_property
    def things(self) -> BoolArray:
        """(words,) only few themes ask."""
        return things(self._corpus, self._stood)

    @cached_property
    def nouns(self) -> BoolArray:
        """(words,) those that are nothing but things."""
        return nothing_else(self._stood)

    @cached_property
    def deeds(self) -> BoolArray:
        """(words,) those that mostly say what happens."""
        return deeds(self._stood)

    @cached_property
    def qualities(self) -> BoolArray:
        """(words,) those that say of what kind the next one is."""
        return qualities(self._corpus)

    @cached_property
    def codes(self) -> BoolArray:
        """(words,) those that are tags and no words."""
        return codes(self._corpus, self._stood)

    @cached_property
    def _stood(self) -> Stood:
        return stand(self._corpus)

    def listed(self, weights: Weights, backing: Backing, language: str) -> str:
        """The theme's most distinguishing words side by side; each should cover texts that those before it do not."""
        chosen = self._side_by_side(self._units(weights, backing, language), backing)
        return APART.join(self._spelt(unit, backing, language) for unit in chosen) or NO_WORDS

    def words(self, weights: Weights, backing: Backing) -> list[int]:
        """The words that might be listed in English."""
        return sorted({stem for unit in self._units(weights, backing, "en") for stem in unit})

    def said(
        self,
        weights: Weights,
        backing: Backing,
        language: str,
        claims: Claims,
        taken: Collection[str],
        together: float = 0,
    ) -> tuple[str, bool]:
        """The same, and whether it is one word or name: but each is said by `HELD` of the texts, in that or another word of the
        same sense; or the one that most say stands alone. If that title is `taken`, a word that `LENDS` of them say stands
        beside it. They are put in one phrase if the texts put them so, and so many hold them `together`."""
        units = self._units(weights, backing, language)
        units = {unit: value for unit, value in units.items() if not backing.follows_how(unit)} or units
        near = claims.nearness([self._spelt(unit, backing, language) for unit in units], backing)
        units = {unit: value * fit for (unit, value), fit in zip(units.items(), near, strict=True)}
        shares = {unit: claims.share_of_all(unit, backing) for unit in units}
        most = max(shares, key=lambda unit: (shares[unit] * units[unit], unit), default=())
        title, chosen = "", []
        for least in (HELD, LENDS):
            several = {unit for unit in units if least == HELD or len(backing.all_of(unit)) >= SEVERAL}
            said = {unit for unit in several if shares[unit] >= least} | {most}
            held = {unit: value for unit, value in units.items() if unit in said}
            chosen = self._side_by_side(held, backing, claims)
            before = backing.before(chosen[0]) if len(chosen) == 1 and len(chosen[0]) == 1 else ""
            words = self._as_put(chosen, backing, language, together)
            title = spelt if (spelt := f"{before} {words}".strip()) else NO_WORDS
            if title.casefold() not in taken:
                break
        return title, len(chosen) < 2

    def written(self, text: int, phrase: Phrase) -> str:
        return written(self._corpus.texts[text], phrase, self._spelling, self._corpus.languages[text])

    def _as_put(
        self, chosen: Sequence[tuple[int, ...]], backing: Backing, language: str, together: float
    ) -> str:
        """The words in one phrase if the texts put them so, else side by side."""
        for count in range(len(chosen), 1, -1) if language == "en" else ():
            stems = {stem for unit in chosen[:count] for stem in unit}
            many = len(backing.all_of(list(stems))) >= together
            found = self.usual.joined(stems, backing) if many else None
            if found is not None:
                return self.written(*found)
        words = [self._spelt(unit, backing, language) for unit in chosen]
        return self.beside(words[0], words[1], language) if len(words) == 2 else APART.join(words)

    def beside(self, thing: str, word: str, language: str) -> str:
        """A thing and what is said of it: "great flight", "package not delivered"; side by side, if they do not read so."""
        if (
            language == "en"
            and kinds(language).get(word.lower()) is Kind.ADJECTIVE
            and word.lower() not in NEVER_BEFORE
        ):
            return self._spelling.phrase([word, *thing.split()], language)
        if language == "en" and word.startswith("not "):
            return f"{thing} {word}"
        return thing + APART + word

    def _side_by_side(
        self, units: dict[tuple[int, ...], float], backing: Backing, claims: Claims | None = None
    ) -> list[tuple[int, ...]]:
        chosen: list[tuple[int, ...]] = []
        named: set[int] = set()
        while units and len(chosen) < LISTED:
            worth = {
                unit: value * (STAYS + len(backing.all_of(unit) - named) / backing.size)
                for unit, value in units.items()
            }
            best = max(worth, key=lambda unit: (worth[unit], unit))
            bare = len(chosen) == 1 and len(chosen[0]) == 1
            if chosen and len(backing.all_of(best)) < (BARE if bare else LISTS) * backing.size:
                break
            chosen.append(best)
            named |= backing.all_of(best)
            units = {
                unit: value
                for unit, value in units.items()
                if not self._repeats(unit, best) and not (claims and claims.repeats(unit, best))
            }
        return chosen

    def _spelt(self, unit: tuple[int, ...], backing: Backing, language: str) -> str:
        """A word with its "not", or several words that stand together."""
        if len(unit) == 1:
            return self.worded(unit[0], backing, language)
        return " ".join(self._spelling.word(self._words.names[stem], language) for stem in unit)

    def about(
        self,
        named: Sequence[int],
        stems: Sequence[int],
        backing: Backing,
        language: str,
        claims: Claims | None = None,
    ) -> int:
        """What is said of a mere name, in the word that says most: "Customer service · rude"; -1 for nothing."""
        said = [self._words.names[stem] for stem in named]
        others = (
            stem
            for stem in stems
            if self._tells[stem]
            and backing.share(stem) >= self._lends(stem, len(said), language)
            and (language == "de" or self._blames[stem] or len(backing.holding(stem)) >= SEVERAL)
            and self._words.names[stem] not in ASTRAY
            and (language == "de" or stem not in self._often)
            and (claims is None or claims.share(stem, backing) >= HELD)
            and not (claims and claims.repeats([stem], named))
            and not self.misleads(stem, backing, language)
            and 2 * backing.preceding(stem)["how"] <= len(backing.holding(stem))  # "How long" is not long.
            and not self._completes(stem, named, backing, language)
            and (language != "de" or self.is_noun(stem) or self._judges(stem) or backing.denial(stem))
        )
        unlike = (stem for stem in others if not any(alike(self._words.names[stem], word) for word in said))
        return next(unlike, -1)

    def _lends(self, stem: int, words: int, language: str) -> float:
        """The share of the texts that have to hold a word behind a name of so many words."""
        return BARE if words == 1 else JUDGES if language != "de" and self._blames[stem] else LENDS

    @cached_property
    def _blames(self) -> BoolArray:
        """(words,)"""
        return np.asarray(strengths(self._words.names).min(axis=1, initial=0) <= -FELT, np.bool_)

    def _completes(self, stem: int, named: Sequence[int], backing: Backing, language: str) -> bool:
        """Whether it is the other half of a name: "Duo" of "Kestrel Duo"."""
        large = self._spelling.word(self._words.names[stem], language)[:1].isupper()
        return large and any(backing.are_one(own, stem) for own in named)

    def _units(self, weights: Weights, backing: Backing, language: str) -> dict[tuple[int, ...], float]:
        """The theme's strongest words, those that stand together as one: "boarding pass". In German, nouns first."""
        best = nlargest(LISTED_FROM, weights.words, key=lambda stem: (weights.words[stem], -stem))
        best = [stem for stem in best if stem not in self.everywhere] or best
        best = [stem for stem in best if language != "en" or self._is_listed(stem)] or best
        telling = [stem for stem in best if self._tells[stem] and self._words.names[stem] not in ASTRAY]
        best = telling if len(telling) > 1 else best
        best = [stem for stem in best if not self.misleads(stem, backing, language)] or best
        best = self._truest(best, backing, language)
        least = SEVERAL if backing.size >= ENOUGH else min(2, backing.size)
        several = [stem for stem in best if len(backing.holding(stem)) >= least]
        best = self._nouns(several, language) or several or best
        units = {(stem,): weights.words[stem] * (1 if self.things[stem] else DONE) for stem in best}
        pairs = [
            (a, b)
            for a in best
            for b in best
            if a != b and backing.are_one(a, b) and backing.different((a, b)) >= SEVERAL
        ]
        return units | {pair: sum(weights.words[stem] for stem in pair) for pair in pairs}

    def _is_listed(self, stem: int) -> bool:
        """Whether an English word says something beside another: no tag does, and none that tells how something is done."""
        name = self._words.names[stem]
        adverb = name.endswith("ly") and len(name) > ADVERB and not self.things[stem]
        return not adverb and not self.codes[stem]

    def _nouns(self, stems: list[int], language: str) -> list[int]:
        """In German those with a capital, if there are two; one alone says too little."""
        nouns = [stem for stem in stems if language != "de" or self.is_noun(stem)]
        return nouns if len(nouns) > 1 else stems

    def _truest(self, stems: list[int], backing: Backing, language: str) -> list[int]:
        """Without a word of which another form is denied: "delivery", where "not delivered" will be said."""
        names = self._words.names
        denied = [stem for stem in stems if self._is_denied(stem, backing, language)]
        return [
            stem
            for stem in stems
            if stem in denied or not any(alike(names[stem], names[other]) for other in denied)
        ]

    def _repeats(self, unit: Sequence[int], chosen: Sequence[int]) -> bool:
        """Whether it has a word of what was chosen, or is a form of it: "charge · charger"."""
        names = self._words.names
        form = len(unit) == len(chosen) == 1 and alike(names[unit[0]], names[chosen[0]])
        return form or not set(unit).isdisjoint(chosen)

    def _is_denied(self, stem: int, backing: Backing, language: str) -> bool:
        """Whether it says that something happened which many deny: "delivered", where it was not."""
        name = self._spelling.word(self._words.names[stem], language)
        happened = HAPPENED.fullmatch(name) if language == "de" else name.endswith("ed")
        several = len(backing.holding(stem)) >= SEVERAL
        return bool(happened) and several and backing.turned([stem]) >= DISPUTED

    def misleads(self, stem: int, backing: Backing, language: str) -> bool:
        """Whether many deny it, and it cannot be said what "not" belongs to it."""
        name = self._spelling.word(self._words.names[stem], language)
        told = backing.denial(stem) or self._is_denied(stem, backing, language)
        happened = name.islower() if language == "de" else name.endswith("ed")
        return not told and happened and backing.turned([stem]) >= DISPUTED

    def worded(self, stem: int, backing: Backing, language: str) -> str:
        """The word, with its "not" where most deny it: in their words, or plainly if they say it in many ways."""
        words = backing.denial(stem) or (self._words.names[stem],)
        if len(words) == 1 and self._is_denied(stem, backing, language):
            words = ("nicht" if language == "de" else "not", *words)
        return " ".join(self._spelling.word(word, language) for word in words)

    def _judges(self, stem: int) -> bool:
        return kinds("de").get(self._words.names[stem]) is Kind.ADJECTIVE

    def is_noun(self, stem: int) -> bool:
        """Whether a German word is a noun."""
        name = self._words.names[stem]
        return len(name) > SCRAP and self._spelling.word(name, "de")[:1].isupper()


def alike(one: str, other: str) -> bool:
    """Two forms of a word, or one within the other."""
    return one[:ROOT] == other[:ROOT] or one in other or other in one
