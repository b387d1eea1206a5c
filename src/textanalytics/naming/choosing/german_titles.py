"""German titles: the noun that most of a theme's texts hold, in a phrase if many hold all of it, else with what is said of it.

A German phrase that is whole may still say what one person said. A noun names its matter by itself ("Verspätung"), and a
second word beside it says more, and truer, than a phrase torn from one text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from heapq import nlargest

import numpy as np

from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.german import BENT, breaks_off, says
from textanalytics.grammar.keywords import Weights, stem_of
from textanalytics.grammar.kinds import EMPTY, Kind
from textanalytics.grammar.negation import denies
from textanalytics.grammar.nouns import shells
from textanalytics.grammar.phrases import Phrase
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.listing import APART, HAPPENED, Listing, alike
from textanalytics.settling.concern import concern

LED = 0.4
"""Share of the theme's texts that hold the noun which names it."""

MOST = 0.5
"""And a word that is none."""

WORDS = 16
"""Strongest words that are asked."""

MATTER = 0.45
"""How much a noun has to tell by itself to name a few texts: see `concern`. What fewer say in a phrase says more than "Ende"."""

MOSTLY = 0.6
"""Share of a few texts that hold a phrase which names them."""

SHARED = 0.2
"""Share of the texts that hold all of a phrase."""

SAID = 0.1
"""Share that say a phrase word for word, of which all but the noun is everybody's: "Bahn hat Verspätung"."""

ASKED = 2
"""Texts that have to say a name word for word in which small words join its nouns: "Schirm für Lampen"."""

JOINING = frozenset({Kind.PREPOSITION, Kind.CONJUNCTION, Kind.DETERMINER})

TURNED = 0.4
"""Share of the texts with the noun that deny it, for a phrase that does."""

BESIDE, HELD = 0.08, 3
"""Share of the texts, and their number, that hold the word beside the noun and the noun too."""

MANY, PART = 16, 0.2
"""Of fewer texts than this, such a part, and so many: what one says tells nothing of the others."""

SIXTH, MORE = 1 / 6, 0.55
"""And such a part of a noun that only says where, or tells less than this by itself: see `concern`."""

VERBAL, WHERE = 0.8, 0.5
"""What a word beside the noun is worth that is none, and one that only says where."""

KNOWN = 3
"""Uses from which on a word that another language writes large is a name."""

CASES = ("es", "ern", "nen")
"""How nouns end that another word has put in its case, by sight: "Streikes", "Kindern"."""


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

    @cached_property
    def _brands(self) -> frozenset[str]:
        """What texts in other languages write large as well, within a sentence: a German noun they would not."""
        uses: Counter[str] = Counter()
        large: Counter[str] = Counter()
        for text, language in zip(self._corpus.texts, self._corpus.languages, strict=True):
            if language != "de":
                uses.update(text.lower[1:])
                large.update(word.lower() for word in text.words[1:] if word[0].isupper())
        return frozenset(word for word, count in large.items() if count >= KNOWN and 2 * count > uses[word])

    def leads(self, weights: Weights, backing: Backing, *, few: bool = False) -> int:
        """The noun that names the theme, or a word that there is a noun of; else any word in most of its texts; or -1. Of a `few`
        texts it is a noun that tells what they are about, or none."""
        strongest = (stem for stem in self._strongest(weights) if self._tells[stem])
        several = len(np.unique(self._corpus.printed[backing.places])) > 1
        words = [
            stem
            for stem in strongest
            if self._names[stem] not in self._brands and self._sources([stem], backing) > several
        ]
        nouns = [stem for stem in words if self._share(stem, backing) >= LED]
        if few:
            told = [stem for stem in nouns if self._is_a_matter(stem)]
            nouns = told or [stem for stem in nouns if self._most_name(stem, backing)]
        most = nouns or [
            stem for stem in words if not few and backing.share(stem) >= MOST and self._may_lead(stem)
        ]
        return max(
            most, key=lambda stem: (weights.words[stem] * backing.share(stem) ** 0.5, -stem), default=-1
        )

    def _share(self, stem: int, backing: Backing) -> float:
        """Of the texts those that hold the noun, or the verb or adjective that it is made of; 0 for no noun."""
        if not (noun := stem_of(self._named(stem), "de")):
            return 0.0
        said = sum(noun in self._corpus.nouns.held[place] for place in backing.places.tolist())
        return max(backing.share(stem), said / backing.size)

    def _most_name(self, stem: int, backing: Backing) -> bool:
        """Whether most of a few texts hold the noun itself: it may tell little, but all that one of them says is told of no other."""
        return self._listing.is_noun(stem) and backing.share(stem) >= MOSTLY

    def _is_a_matter(self, stem: int) -> bool:
        return float(concern([self._named(stem)], "de")[0]) >= MATTER

    def _may_lead(self, stem: int) -> bool:
        """Of a word that no noun belongs to: not "umgekehrten" or "steigen", which wait for what is turned round or climbs."""
        name = self._names[stem]
        return self._listing.is_noun(stem) or not name.endswith(("e", *BENT))

    def is_said(self, found: Sequence[tuple[int, Phrase, float]], backing: Backing) -> bool:
        """Whether most of a few texts hold all that the best phrase says: else it is one person's."""
        if not found or backing.size == 1:
            return True
        text, phrase, _ = found[0]
        if phrase.asks and backing.asking() < MOSTLY:
            return False
        offset = self._starts[text]
        stems = {stem for stem in self._stem[offset + phrase.start : offset + phrase.end] if stem >= 0}
        return len(backing.all_of(sorted(stems))) >= MOSTLY * backing.size

    def phrase(
        self, found: Sequence[tuple[int, Phrase, float]], lead: int, backing: Backing
    ) -> tuple[int, Phrase] | None:
        """The first of the phrases that says more than the noun, and that many hold whole."""
        fitting = ((text, phrase) for text, phrase, _ in found if self._holds_up(text, phrase, lead, backing))
        return next(fitting, None)

    def listed(self, lead: int, weights: Weights, backing: Backing) -> str:
        """The noun, and the other by which they speak of the same, or the word beside it that most hold who hold it."""
        words = [self._noun(lead, backing)]
        if (other := self._other_side(lead, weights, backing)) >= 0:
            return APART.join([*words, self._noun(other, backing)])
        said = [lead]
        asked = max(HELD, BESIDE * backing.size) if backing.size >= MANY else PART * backing.size
        ranked = sorted(
            (stem for stem in self._strongest(weights) if self._may_stand_beside(stem)),
            key=lambda stem: (-len(backing.all_of([stem, lead])) * self._worth(stem), stem),
        )
        for stem in ranked:
            most = asked if self._tells_more(stem) else max(asked, SIXTH * backing.size)
            enough = self._sources([stem, lead], backing) >= most
            if enough and not any(alike(self._names[stem], self._names[other]) for other in said):
                beside = self._noun(stem, backing)
                thing_first = words[0].islower() and not beside.islower()
                return APART.join([beside, *words] if thing_first else [*words, beside])
        return words[0]

    def _other_side(self, lead: int, weights: Weights, backing: Backing) -> int:
        """The noun that many hold in its place, and that is gathered with it: "Pünktlichkeit" of "Verspätung"; or -1."""
        nouns, own = self._corpus.nouns, self._named(lead)
        for stem in self._strongest(weights):
            other = self._named(stem)
            gathered = other and nouns.keys(other)[:1] == nouns.keys(own)[:1]
            if gathered and stem_of(other, "de") != stem_of(own, "de") and backing.share(stem) >= SHARED:
                return stem
        return -1

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
        own = [word for word in forms if stem_of(word, "de") == stem_of(name, "de")]
        own = [word for word in own if self._corpus.spelling.word(word, "de")[0].isupper()]
        own = [word for word in own if not word.endswith(CASES)] or own
        return self._corpus.spelling.word(
            max(own, key=lambda word: (forms[word], -len(word), word), default=name), "de"
        )

    def _sources(self, stems: Sequence[int], backing: Backing) -> int:
        """How many texts hold all of these words, those out of one article, and copies, counted once."""
        places = backing.places[list(backing.all_of(stems))]
        return min(len(np.unique(self._corpus.printed[places])), backing.different(stems))

    def _strongest(self, weights: Weights) -> list[int]:
        return nlargest(WORDS, weights.words, key=lambda stem: (weights.words[stem], -stem))

    def _may_stand_beside(self, stem: int) -> bool:
        """A noun that names something or says where, or what has happened: "gesperrt"."""
        name = self._names[stem]
        if self._listing.is_noun(stem):
            return self._tells[stem] or self._says_where(stem)
        return bool(self._tells[stem] and HAPPENED.fullmatch(name)) and name.endswith("t")

    def _tells_more(self, stem: int) -> bool:
        """Whether a word beside the noun tells something even if only some say it: not "Reise", not "Hbf"."""
        if not self._listing.is_noun(stem):
            return True
        return not self._says_where(stem) and float(concern([self._names[stem]], "de")[0]) >= MORE

    def _says_where(self, stem: int) -> bool:
        """Whether a noun without a matter may still say where one is: "Aufzüge · Bahnsteig", "Sperrung · Strecke"."""
        nouns, name = self._corpus.nouns, self._names[stem]
        noun = stem_of(name, "de")
        known = nouns.is_noun(name) and noun in nouns.aside and not self._corpus.places[stem]
        return known and noun not in nouns.trade and noun not in shells()

    def _worth(self, stem: int) -> float:
        """What a word beside the noun is worth for each text that holds both."""
        if not self._tells[stem]:
            return WHERE
        return 1.0 if self._listing.is_noun(stem) else VERBAL

    def _holds_up(self, text: int, phrase: Phrase, lead: int, backing: Backing) -> bool:
        offset = self._starts[text]
        own = self._stem[offset + phrase.start : offset + phrase.end]
        stems = [stem for stem in own if stem >= 0]
        if lead not in stems or phrase.asks:
            return False
        if sum(self._tells[stem] for stem in stems) > 1:
            return self._is_held_whole(text, phrase, own, backing)
        return self._is_said_often(text, phrase, lead, backing)

    def _is_held_whole(self, text: int, phrase: Phrase, own: Sequence[int], backing: Backing) -> bool:
        """Of a phrase with two telling words: whether many hold them all, in no compound; and what stands between, if it is
        more than an article, is nobody's alone."""
        read, places = self._corpus.texts[text], range(phrase.start, phrase.end)
        words = [(stem, read.lower[place]) for stem, place in zip(own, places, strict=True) if stem >= 0]
        if any(stem_of(word, "de") != stem_of(self._names[stem], "de") for stem, word in words):
            return False
        if any(breaks_off(read, place) for place in places[1:]):
            return False
        kinds = read.kind[phrase.start : phrase.end]
        if says(read, phrase.start, phrase.end):
            claims = Kind.AUXILIARY in kinds
            said = backing.saying(read.lower[phrase.start : phrase.end])
            one = not EMPTY.isdisjoint(kinds) or (claims and said < HELD)
        else:
            one = (
                not JOINING.isdisjoint(kinds)
                and backing.saying(read.lower[phrase.start : phrase.end]) < ASKED
            )
        return not one and self._sources([stem for stem, _ in words], backing) >= max(
            HELD, SHARED * backing.size
        )

    def _is_said_often(self, text: int, phrase: Phrase, lead: int, backing: Backing) -> bool:
        """Of a sentence in which the noun alone tells: whether several say it word for word, and with its "nicht"."""
        read = self._corpus.texts[text]
        if not says(read, phrase.start, phrase.end):
            return False
        turned = any(denies(read, place) for place in range(phrase.start, phrase.end))
        if turned and backing.turned([lead]) < TURNED:
            return False
        return backing.saying(read.lower[phrase.start : phrase.end]) >= max(HELD, SAID * backing.size)
