"""What a title says by judging ("Great flight", "Worst service", "Love flying"), and which texts judge so.

Such a title claims a mood of each text under it. Who praises says so in words; who blames often only tells what happened. So a text
praises if it is read so and holds words of praise that nothing outweighs, and blames if it is read so and speaks of the thing. What
is said of the thing itself goes before what is said in another clause: "wretched service, glad you noticed" is no praise.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, everywhere
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.grammar.negation import CONTRASTS, TURNING, denial
from textanalytics.grammar.sentence import Text
from textanalytics.naming.saying.listing import APART
from textanalytics.naming.saying.speaking import GLUED, Speaking
from textanalytics.naming.saying.usual import FELT
from textanalytics.sentiment import COLUMNS, NEGATED, strengths
from textanalytics.text import tokens

FEELING = frozenset("love loves loved loving luv hate hates hated hating enjoy enjoyed enjoying".split())
"""Verbs that judge, as adjectives do."""

UNLISTED = 2.5
PRAISING = frozenset(
    "convenient exceptional exquisite extraordinary handy impeccable incredible phenomenal recommend recommended rocks spectacular"
    " stellar stunning tasty top-notch tremendous unbeatable unmatched yum".split()
)
"""Words of praise that the lexicon lacks or takes for little, and their strength."""

SMALL = frozenset({Kind.NOISE, Kind.WEAK, Kind.ADVERB})
"""Other words of these kinds judge nothing by themselves: "thanks", "show", "pretty poor"."""

PRAISES = 1.7
"""Strength from which on a word praises: "accept" (1.6) does not."""

COMPARED = frozenset(("better", "worse"))
"""A "not" before these does not turn them: "never had worse". And "better" praises nothing by itself."""

PLAIN = frozenset(
    "no care loyal kindly reward rewards gift gifts prize prizes friend friends party holiday holidays".split()
)
"""What customers say of themselves, of whom they speak to ("customer care") and of things, with no feeling."""

WISHING = frozenset(
    "would wouldn't could should wish wishing hope hoping if please pls plz i'd we'd you'd it'd woulda shoulda coulda".split()
)
RECOMMENDING = frozenset(("recommend", "recommended"))
"""Who would do this does it."""

USED = frozenset(("use", "used"))
REACH = 4
"""So few words behind one of these one says what one would like ("would be great"), or liked once ("used to love"). Nobody praises
so, nor in a question."""

CERTAIN = 0.55
"""How much a text has to be read to praise (of 1), if its words of praise do not stand beside the thing."""

BESIDE = 3
"""Words between the thing and what is said of it, where they do not stand in one clause."""


@dataclass(frozen=True)
class Judgement:
    """What a title claims: of the thing (for each of its words those that speak of it) that it is good (1) or bad (-1)."""

    mood: int
    thing: tuple[frozenset[int], ...]
    named: frozenset[str]
    """Its words, by stem, without those that judge: titles of one thing have the same."""


class Judging:
    """Asks the English texts of one corpus."""

    def __init__(self, corpus: Corpus, moods: IntArray, felt: FloatArray, speaking: Speaking) -> None:
        """`moods`: 1 praises, -1 blames, 0 neither; `felt`: how much each is read to praise, -1 to 1."""
        self._texts, self._languages = corpus.texts, corpus.languages
        self._stem, self._starts, self._held = corpus.words.stem, corpus.words.starts, corpus.held
        self.moods, self.speaking, self._felt = moods, speaking, felt
        self._common = everywhere(corpus)
        self._known: dict[str, float] = {}
        self._charged: dict[int, FloatArray] = {}
        self._adjectives = frozenset(word for word, kind in kinds("en").items() if kind is Kind.ADJECTIVE)

    def of(self, title: str) -> Judgement:
        """`mood` 0 for a title that judges nothing, or says both."""
        words = [] if APART in title else [word for word, _, _ in tokens(title)]
        felt = {word: self._judges(word) for word in words}
        moods = {int(np.sign(strength)) for strength in felt.values() if strength}
        if not TURNING.isdisjoint(kinds("en").get(word, Kind.OPEN) for word in words):
            moods = set()
        named = [word for word in words if not felt[word]]
        thing = tuple(self.speaking.of(" ".join(named)))
        stems = frozenset(stem_of(word, "en") for word in named)
        return Judgement(moods.pop() if len(moods) == 1 else 0, thing, stems)

    def fits(self, text: int, judgement: Judgement) -> bool:
        """Whether an English text judges so; others are not asked."""
        if self._languages[text] != "en":
            return True
        mood, read = judgement.mood, int(self.moods[text])
        worst, best, all_in_all = self._said(text, judgement)
        if read == -mood or (worst <= -FELT and (mood > 0 or best < FELT)):
            return False
        if mood > 0:
            told = self._is_common(judgement) and read > 0
            return all_in_all >= FELT and (best >= FELT or told or self._is_sure(text, judgement))
        tells = self.speaks_of(text, judgement, all_of_it=all_in_all < FELT)
        return best >= FELT or (read < 0 and tells)

    def only_praises(self, text: int) -> bool:
        """Whether an English text is read as praise for certain, praises in words, and neither blames, denies, wishes, asks nor adds a
        "but"."""
        read, charges = self._texts[text], self._charges(text)
        turned = not TURNING.isdisjoint(read.kind) or not (CONTRASTS | WISHING).isdisjoint(read.lower)
        certain = self._languages[text] == "en" and self._felt[text] >= CERTAIN and not (turned or read.asked)
        return bool(certain and charges.sum() >= FELT and charges.min(initial=0) >= 0)

    def _is_sure(self, text: int, judgement: Judgement) -> bool:
        """Whether a text that speaks of the thing praises for certain, and neither wishes nor asks."""
        read, sure = self._texts[text], self._felt[text] >= CERTAIN
        return bool(
            sure and self.speaks_of(text, judgement) and WISHING.isdisjoint(read.lower) and not read.asked
        )

    def says(self, text: int, judgement: Judgement) -> bool:
        """Whether a text says so in words, of the thing itself."""
        return self._said(text, judgement)[1] >= FELT

    def speaks_of(self, text: int, judgement: Judgement, *, all_of_it: bool = True) -> bool:
        """Whether a text holds each word of the thing, or one like it; or some word. What all speak of goes without saying."""
        held = self._held[text]
        told = [not word.isdisjoint(held) for word in judgement.thing if word.isdisjoint(self._common)]
        return all(told) if all_of_it or not told else any(told)

    def _is_common(self, judgement: Judgement) -> bool:
        """Whether all texts speak of the thing, so that it goes without saying."""
        return all(not word.isdisjoint(self._common) for word in judgement.thing)

    def _said(self, text: int, judgement: Judgement) -> tuple[float, float, float]:
        """How much it agrees where it says the thing, at the worst and at the best, and in all that it says."""
        charges = self._charges(text) * judgement.mood
        things = self._places(text, judgement.thing)
        charges[things] += [self._glued(self._texts[text].lower[thing]) * judgement.mood for thing in things]
        clause = np.array(self._texts[text].clause)
        place = np.arange(len(clause))
        around = [
            float(charges[(clause == clause[thing]) | (np.abs(place - thing) <= BESIDE)].sum())
            for thing in things
        ]
        return min(around, default=0.0), max(around, default=0.0), float(charges.sum())

    def _judges(self, word: str) -> float:
        judges = word in self._adjectives or word in FEELING
        strength = self._strength(word) if judges and word not in COMPARED | PLAIN else 0.0
        return strength if abs(strength) >= FELT else 0.0

    def _strength(self, word: str) -> float:
        if word not in self._known:
            self._ask([word])
        return self._known[word]

    def _ask(self, words: Collection[str]) -> None:
        """For many words at once: a call for each costs more."""
        new = sorted(set(words).difference(self._known))
        self._known.update(zip(new, strengths(new)[:, COLUMNS["en"]].tolist(), strict=True) if new else ())

    def _glued(self, word: str) -> float:
        """How the thing is judged in one word with it: "#greatflight"."""
        begins = (word[:end] for end in range(len(word) - GLUED, 2, -1))
        return next((strength for start in begins if (strength := self._judges(start))), 0.0)

    def _charges(self, text: int) -> FloatArray:
        """(words,) how much each praises or blames; told once, and asked for again and again."""
        if text not in self._charged:
            self._charged[text] = self._charges_of(self._texts[text])
        return self._charged[text]

    def _charges_of(self, text: Text) -> FloatArray:
        """(words,) the same, each with its "not"; what is only wished or asked for does not praise."""
        self._ask(text.lower)
        found = np.zeros(len(text.lower), np.float32)
        wished = -1
        for place, word in enumerate(text.lower):
            if word in WISHING or (word in USED and text.lower[place + 1 : place + 2] == ["to"]):
                wished = place + REACH
            strength = self._charge(text, place)
            only_wished = (place <= wished and word not in RECOMMENDING) or text.clause[place] in text.asked
            found[place] = 0 if strength > 0 and (only_wished or strength < PRAISES) else strength
        return found

    def _charge(self, text: Text, place: int) -> float:
        word = text.lower[place]
        if word in PLAIN or (word not in FEELING and text.kind[place] in SMALL):
            return 0.0
        strength = UNLISTED if word in PRAISING else self._strength(word)
        if word in COMPARED:
            return min(strength, 0.0)
        return strength * NEGATED if strength and denial(text, place) else strength

    def _places(self, text: int, thing: Sequence[frozenset[int]]) -> list[int]:
        stems = self._stem[self._starts[text] : self._starts[text + 1]].tolist()
        said: frozenset[int] = frozenset().union(*thing)
        return [place for place, stem in enumerate(stems) if stem in said]
