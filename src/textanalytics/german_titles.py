"""German titles: the noun that most of a theme's texts hold, in a phrase if many hold all of it, else with what is said of it.

A German phrase that is whole may still say what one person said. A noun names its matter by itself ("Verspätung"), and a
second word beside it says more, and truer, than a phrase torn from one text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from heapq import nlargest

from textanalytics.backing import Backing
from textanalytics.corpus import Corpus
from textanalytics.german import breaks_off, says
from textanalytics.grammar import FILLING, Kind, kinds
from textanalytics.keywords import Weights, stem_of
from textanalytics.listing import APART, HAPPENED, Listing
from textanalytics.negation import denies
from textanalytics.phrases import Phrase

LED = 0.4
"""Share of the theme's texts that hold the noun which names it."""

MOST = 0.5
"""And a word that is none."""

WORDS = 16
"""Strongest words that are asked."""

SHARED = 0.2
"""Share of the texts that hold all of a phrase."""

SAID = 0.1
"""Share that say a phrase word for word, of which all but the noun is everybody's: "Bahn hat Verspätung"."""

TURNED = 0.4
"""Share of the texts with the noun that deny it, for a phrase that does."""

BESIDE, HELD = 0.08, 3
"""Share of the texts, and their number, that hold the word beside the noun and the noun too."""

MANY, PART = 16, 0.2
"""Of fewer texts than this, such a part."""

VERBAL = 0.8
"""What a word beside the noun is worth that is none."""

CASES = ("es", "ern", "nen")
"""How nouns end that another word has put in its case, by sight: "Streikes", "Kindern"."""

ROOT = 4


class GermanTitles:
    """Titles of themes of one German corpus, led by a noun."""

    def __init__(self, corpus: Corpus, listing: Listing) -> None:
        self._corpus, self._listing = corpus, listing
        self._names, self._tells = corpus.words.names, corpus.tells().tolist()

    @cached_property
    def _starts(self) -> list[int]:
        return self._corpus.words.starts.tolist()

    @cached_property
    def _stem(self) -> list[int]:
        return self._corpus.words.stem.tolist()

    def leads(self, weights: Weights, backing: Backing) -> int:
        """The noun that names the theme, or a word that there is a noun of; else any word in most of its texts; or -1."""
        words = [stem for stem in self._strongest(weights) if self._tells[stem]]
        nouns = [stem for stem in words if backing.share(stem) >= LED and self._named(stem)]
        most = nouns or [stem for stem in words if backing.share(stem) >= MOST]
        return max(
            most, key=lambda stem: (weights.words[stem] * backing.share(stem) ** 0.5, -stem), default=-1
        )

    def phrase(
        self, found: Sequence[tuple[int, Phrase, float]], lead: int, backing: Backing
    ) -> tuple[int, Phrase] | None:
        """The first of the phrases that says more than the noun, and that many hold whole."""
        fitting = ((text, phrase) for text, phrase, _ in found if self._holds_up(text, phrase, lead, backing))
        return next(fitting, None)

    def listed(self, lead: int, weights: Weights, backing: Backing) -> str:
        """The noun, and the word beside it that most hold who hold it."""
        words = [self._noun(lead, backing)]
        said = [lead]
        most = max(HELD, BESIDE * backing.size) if backing.size >= MANY else PART * backing.size
        ranked = sorted(
            (stem for stem in self._strongest(weights) if self._may_stand_beside(stem)),
            key=lambda stem: (
                -len(backing.all_of([stem, lead])) * (1 if self._listing.is_noun(stem) else VERBAL),
                stem,
            ),
        )
        for stem in ranked:
            enough = backing.different([stem, lead]) >= most
            if enough and not any(_alike(self._names[stem], self._names[other]) for other in said):
                return APART.join([*words, self._noun(stem, backing)])
        return words[0]

    def _named(self, stem: int) -> str:
        """The noun that the word is, or is made of or into; "" if there is none."""
        name = self._names[stem]
        if self._listing.is_noun(stem):
            return name if self._corpus.nouns.is_noun(name) else ""
        return self._corpus.nouns.noun_of(name)

    def _noun(self, stem: int, backing: Backing) -> str:
        """A noun as most of these texts write it, "Ansagen", but in no case that another word asks for; other words as ever."""
        made = "" if self._listing.is_noun(stem) or backing.denial(stem) else self._named(stem)
        if made and backing.holding(made):
            return self._corpus.spelling.word(made, "de")
        if not self._listing.is_noun(stem) or backing.denial(stem):
            return self._listing.worded(stem, backing, "de")
        name, forms = self._names[stem], backing.forms(stem)
        own = [
            word for word in forms if stem_of(word, "de") == stem_of(name, "de") and not word.endswith(CASES)
        ]
        return self._corpus.spelling.word(max(own, key=lambda word: (forms[word], word), default=name), "de")

    def _strongest(self, weights: Weights) -> list[int]:
        return nlargest(WORDS, weights.words, key=lambda stem: (weights.words[stem], -stem))

    def _may_stand_beside(self, stem: int) -> bool:
        """A noun that names something, a judgement, or what has happened: "gesperrt"."""
        name = self._names[stem]
        if not self._tells[stem]:
            return False
        return (
            self._listing.is_noun(stem)
            or kinds("de").get(name) is Kind.ADJECTIVE
            or (bool(HAPPENED.fullmatch(name)) and name.endswith("t"))
        )

    def _holds_up(self, text: int, phrase: Phrase, lead: int, backing: Backing) -> bool:
        offset = self._starts[text]
        stems = [stem for stem in self._stem[offset + phrase.start : offset + phrase.end] if stem >= 0]
        if lead not in stems or phrase.asks:
            return False
        read, told = self._corpus.texts[text], sum(self._tells[stem] for stem in stems)
        sentence = says(read, phrase.start, phrase.end)
        if told > 1:
            words = zip(
                self._stem[offset + phrase.start : offset + phrase.end],
                read.lower[phrase.start :],
                strict=False,
            )
            grown = any(
                stem >= 0 and stem_of(word, "de") != stem_of(self._names[stem], "de") for stem, word in words
            )
            padded = sentence and not FILLING.isdisjoint(read.kind[phrase.start : phrase.end])
            grown = grown or any(breaks_off(read, place) for place in range(phrase.start + 1, phrase.end))
            return not grown and not padded and backing.different(stems) >= max(HELD, SHARED * backing.size)
        turned = any(denies(read, place) for place in range(phrase.start, phrase.end))
        if not sentence or (turned and backing.turned([lead]) < TURNED):
            return False
        return backing.saying(read.lower[phrase.start : phrase.end]) >= max(HELD, SAID * backing.size)


def _alike(one: str, other: str) -> bool:
    return one[:ROOT] == other[:ROOT] or one in other or other in one
