"""A readable name for each theme, in words that people really used.

A title is the whole phrase that carries the most of what sets the theme apart (see `keywords.weigh`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from heapq import nlargest

import numpy as np

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import TAUGHT, Corpus, members_of, read_texts
from textanalytics.grammar.german import only_names
from textanalytics.grammar.keywords import Weights, weigh
from textanalytics.grammar.kinds import NAMED, NAMING, TELLING, Kind
from textanalytics.grammar.negation import denies
from textanalytics.grammar.phrases import Phrase, whole
from textanalytics.naming.backing import Backing
from textanalytics.naming.claims import HELD, Claims
from textanalytics.naming.german_titles import GermanTitles
from textanalytics.naming.listing import APART, Listing
from textanalytics.naming.mixed import heaps, mixed
from textanalytics.naming.moods import opposite
from textanalytics.naming.nearness import Meaning
from textanalytics.naming.several import Several, full_name, thing_of
from textanalytics.naming.titling import Title, written
from textanalytics.naming.worth import MANY, Worth
from textanalytics.quotes import quotes

__all__ = ["Title", "quotes", "titles"]

TEXTS_READ = 60
"""Per theme: phrases are taken from the texts that say the most."""

PHRASES_WEIGHED, PHRASES_KEPT = 60, 12
ASKED_FIRST = 8
"""Of the phrases that would suit a theme: whether one of them says what many say."""

CLAIMING = frozenset({Kind.NEGATED, Kind.NEGATION, Kind.AUXILIARY, Kind.WEAK})
"""What says that something is so, or not."""

TEXTS_ASKED = 200
POOR = 0.25
"""A statement with less is what somebody said, not what many mean: to list the theme's words is truer."""

POOR_DEED = 0.4
"""The same for what somebody did, which says nothing of how it went: "purchased a printer"."""

POORLY_NAMED, POOREST = 0.3, 0.1
"""The same for a name; and for either, if the list would be one word."""

OFF_THE_POINT = 0.6
"""For a phrase without any of the theme's first keywords."""

AGAINST = 0.6
"""For a phrase out of praise in a theme of complaints, or out of a complaint in a theme of praise."""

RUN_INTO = 0.3
"""For a thing with another right behind it: "app the video freezes"."""

LEAST_SCORE = 0.35
SAME = 0.7
"""Two titles that share more of their words than this are the same title."""


Found = Sequence[tuple[int, Phrase, float]]
Candidates = dict[int, list[tuple[int, Phrase, float]]]
"""For each label the phrases that would suit it, the best first, each with the text that it stands in."""


def titles(
    texts: Sequence[str],
    labels: IntArray,
    *,
    languages: Sequence[str] | None = None,
    moods: Sequence[str] | None = None,
    vectors: FloatArray | None = None,
    encoder: Encoder | None = None,
    addressed: frozenset[str] = frozenset(),
) -> dict[int, Title]:
    """One title for each label from 0 up; texts are cleaned, `languages` are ISO 639-1 (English if not given).
    Names of who is `addressed` are no matter: see `grammar.addressed`.

    With `moods` (see `base.MOODS`) a theme of praise is not named by a complaint, nor the other way round. With
    `encoder`, and `vectors` of the texts made by it, a title has to mean what the theme means.

    Deterministic. No two labels get the same title; the largest label chooses first.
    """
    return name_all(
        read_texts(texts, labels, languages, addressed),
        labels,
        moods=moods,
        vectors=vectors,
        encoder=encoder,
    )


def name_all(
    corpus: Corpus,
    labels: IntArray,
    *,
    moods: Sequence[str] | None = None,
    vectors: FloatArray | None = None,
    encoder: Encoder | None = None,
    known: Candidates | None = None,
    wanted: Collection[int] | None = None,
    taken: Collection[str] = (),
) -> dict[int, Title]:
    """What `titles` does, for texts that are read already; `known` are candidates that were looked for before.

    Of all labels only those `wanted` are named, and judged as if all were; none gets a title that is `taken`.
    """
    meaning = Meaning(encoder, vectors, labels) if encoder is not None and vectors is not None else None
    namer = Namer(corpus, moods, meaning, taken=taken)
    weights, members, known = weigh(corpus.words, labels), members_of(labels), known or {}
    named = weights.keys() if wanted is None else weights.keys() & set(wanted)
    asked = {label: members[label] for label in sorted(named)}
    loose = mixed(corpus, weights, asked)
    found = {
        label: namer.name(label, members[label], weights[label], known.get(label))
        for label in sorted(named, key=lambda label: (-len(members[label]), label))
    }
    none = heaps(corpus, weights, asked, meaning) if meaning is not None and meaning.tells else frozenset()
    loose |= none - {label for label, title in found.items() if title.several}
    return {
        label: replace(title, mixed=True, several=False) if label in loose else title
        for label, title in found.items()
    }


class Namer:
    def __init__(
        self,
        corpus: Corpus,
        moods: Sequence[str] | None,
        meaning: Meaning | None,
        *,
        taken: Collection[str] = (),
    ) -> None:
        self._texts, self._languages, self._words = corpus.texts, corpus.languages, corpus.words
        self._spelling = corpus.spelling
        self._moods = moods
        self._meaning = meaning
        self._given: list[tuple[frozenset[int], frozenset[int], int]] = []
        self._titles = {title.casefold() for title in taken}
        self._listing = Listing(corpus)
        self._german_titles = GermanTitles(corpus, self._listing)
        self._leads: dict[str, int] = {}
        self._tells = corpus.tells().tolist()
        self._worth = Worth(corpus)
        self._matters = Several(corpus, meaning)
        self._claims = Claims(corpus, meaning) if meaning is not None and meaning.tells else None

    def candidates(self, members: IntArray, weights: Weights) -> list[tuple[int, Phrase, float]]:
        """The phrases that would suit these texts, the best first."""
        return self._candidates(*self._backed(members), weights)

    def _backed(self, members: IntArray) -> tuple[IntArray, Backing]:
        """Those of the texts that are in their main language, and what they say for a phrase."""
        spoken = Counter(self._languages[i] for i in members.tolist())
        language = max(spoken, key=lambda name: (spoken[name], name))
        members = members[[self._languages[i] == language for i in members.tolist()]]
        asked = members[:: -(-len(members) // TEXTS_ASKED)].tolist()
        stems = [self._worth.all_stems(i) for i in asked]
        return members, Backing([self._texts[i] for i in asked], stems, asked)

    def name(
        self,
        label: int,
        members: IntArray,
        weights: Weights,
        known: list[tuple[int, Phrase, float]] | None = None,
    ) -> Title:
        members, backing = self._backed(members)
        language = self._languages[int(members[0])]
        stems = nlargest(6, weights.words, key=lambda stem: (weights.words[stem], -stem))
        keywords = tuple(self._spelling.word(self._words.names[stem], language) for stem in stems)
        found = self._candidates(members, backing, weights) if known is None else known
        if (
            language == "de"
            and backing.size >= MANY
            and (lead := self._german_titles.leads(weights, backing)) >= 0
        ):
            return self._led(label, found, lead, weights, backing, keywords)
        small = backing.size < MANY
        good = [one for one in found if small or self._says_enough(*one)]
        claims = self._claims if language == "en" and not small else None
        twin = self._twin(found, good, backing, claims)
        best = self._first_unlike(good, backing)
        listed = ""
        if best is None:
            listed = self._listing.listed(weights, backing, language)
            said = [one for one in found if one[2] >= POOREST] if " " not in listed else []
            best = self._first_unlike(said, backing)
        if best is None:
            loose = language != "de" and self._matters.are_none(members, listed, weights, backing)
            named = Title("", keywords, twin, mixed=loose)
            asked = self._claims if language in TAUGHT and not small else None
            return self._worded(members, listed, weights, backing, asked, named)
        if thing := self._thing(members, found, best, stems, backing):
            return self._called(members, thing, best, label, weights, Title("", keywords, twin))
        if claims is not None and not claims.held(*best[:2], backing):
            unheld, best = best, self._first_held(best, good, backing, claims)
            if best is None and claims.nothing_else(
                self._listing.words(weights, backing), *unheld[:2], backing
            ):
                best = unheld
            if best is None:
                thing = self._free_thing(unheld, stems, backing)
                named = Title("", keywords, twin)
                return self._worded(members, thing, weights, backing, claims, named)
        text, phrase, title = best
        self._give(text, phrase, label, len(members))
        self._titles.add(title.casefold())
        judges = Kind.ADJECTIVE in self._texts[text].kind[phrase.start : phrase.end]
        bare = language == "en" and not judges and self._only_names(text, phrase)
        return Title(title + self._about(text, phrase, stems, backing), keywords, twin, bare=bare)

    def _denied(self, text: int, phrase: Phrase) -> frozenset[int]:
        """The words of a phrase that stand in the same statement as a "not"."""
        read, offset = self._texts[text], -phrase.start
        stems, statements = self._worth.all_stems(text), [0]
        for place in range(phrase.start + 1, phrase.end):
            statements.append(statements[-1] + (read.kind[place] is Kind.CONJUNCTION))
        places = range(phrase.start, phrase.end)
        turned = {statements[place + offset] for place in places if denies(read, place)}
        return frozenset(stems[place] for place in places if statements[place + offset] in turned) - {-1}

    def _only_names(self, text: int, phrase: Phrase) -> bool:
        """Whether an English phrase names things, and claims nothing of them; it may say which: "full screen"."""
        kinds = self._texts[text].kind[phrase.start : phrase.end]
        stems = self._worth.all_stems(text)[phrase.start : phrase.end]
        named = (stem for stem, kind in zip(stems, kinds, strict=True) if kind is Kind.OPEN and stem >= 0)
        claims = phrase.asks or not CLAIMING.isdisjoint(kinds)
        return not claims and all(self._listing.things[stem] for stem in named)

    def _give(self, text: int, phrase: Phrase, label: int, size: int) -> None:
        if size > 1:
            self._given.append(
                (frozenset(self._worth.stems(text, phrase)), self._matter(text, phrase), label)
            )

    def _called(
        self,
        members: IntArray,
        thing: str,
        best: tuple[int, Phrase, str],
        label: int,
        weights: Weights,
        title: Title,
    ) -> Title:
        """The title of texts that say all sorts of a thing; mixed, if nothing of it can be told."""
        self._give(*best[:2], label, len(members))
        self._titles.add(thing.casefold())
        loose = self._matters.none_is_told(members, thing, weights)
        return replace(title, title=thing, several=not loose, mixed=loose)

    def _worded(
        self,
        members: IntArray,
        words: str,
        weights: Weights,
        backing: Backing,
        claims: Claims | None,
        title: Title,
    ) -> Title:
        """The title of texts for which no phrase fits: a thing, or words side by side that enough of them say; the `words` given,
        if nobody can be asked for what they say."""
        language = self._languages[int(members[0])]
        if claims is None:
            return replace(title, title=self._unlike(words), listed=True)
        if not words or APART in words or title.mixed:
            words = self._listing.said(weights, backing, language, claims, self._titles)
        asked = language == "en" and not title.mixed and APART not in words and self._matters.asks(members)
        several = asked and self._matters.says_all_sorts(members, words, weights)
        return replace(title, title=self._unlike(words), listed=True, several=several)

    def _thing(
        self,
        members: IntArray,
        found: Found,
        best: tuple[int, Phrase, str],
        stems: Sequence[int],
        backing: Backing,
    ) -> str:
        """The thing of which these texts say all sorts; "" if enough of them say what one of the phrases says."""
        text, phrase, title = best
        if not self._matters.asks(members) or self._languages[text] == "de":
            return ""
        name, bare = self._name_of_thing(text, phrase, stems, backing)
        said = [title + self._about(text, phrase, stems, backing), *map(self._said, found[:ASKED_FIRST])]
        return name if name and self._matters.are_many(members, bare, said) else ""

    def _free_thing(self, best: tuple[int, Phrase, str], stems: Sequence[int], backing: Backing) -> str:
        """The thing that a phrase is about, if many hold it."""
        return self._name_of_thing(best[0], best[1], stems, backing)[0]

    def _name_of_thing(
        self, text: int, phrase: Phrase, stems: Sequence[int], backing: Backing
    ) -> tuple[str, str]:
        """The thing that a phrase is about with the other half of its name, and without; "" if few of the texts hold it, or
        another title has that name."""
        own = self._worth.stems(text, phrase)
        beside = [*own, *stems]
        thing = thing_of(own, beside, backing, self._listing.things)
        if thing < 0:
            return "", ""
        places = range(phrase.start, phrase.end)
        spelt = {self._worth.all_stems(text)[place]: self._texts[text].lower[place] for place in places}
        named = [spelt.get(stem, self._words.names[stem]) for stem in full_name(thing, beside, backing)]
        name = self._spelling.phrase(named, self._languages[text])
        return ("", "") if name.casefold() in self._titles else (name, spelt[thing])

    def _said(self, found: tuple[int, Phrase, float]) -> str:
        text, phrase, _ = found
        return " ".join(self._texts[text].words[phrase.start : phrase.end])

    def _says_enough(self, text: int, phrase: Phrase, score: float) -> bool:
        """Whether a phrase of that worth says more than a list of words."""
        kinds = self._texts[text].kind[phrase.start : phrase.end]
        tells = phrase.asks or self._texts[text].german or not TELLING.isdisjoint(kinds)
        if score >= POOR_DEED or (tells and score >= POOR):
            return True
        first = next(iter(self._worth.stems(text, phrase)))
        named = NAMED.issuperset(kinds) and (self._texts[text].german or self._listing.things[first])
        return bool(named and score >= POORLY_NAMED)

    def _twin(self, found: Found, good: Found, backing: Backing, claims: Claims | None) -> int:
        """The label whose title says the same as the best of these, if that is good; -1 for none."""
        if not good or good[0] is not found[0] or backing.size == 1:
            return -1
        text, phrase, _ = found[0]
        stems = self._matter(text, phrase)
        same = next((label for _, other, label in self._given if _alike(stems, other)), -1)
        return same if same < 0 or claims is None or claims.held(text, phrase, backing) else -1

    def _first_unlike(self, found: Found, backing: Backing) -> tuple[int, Phrase, str] | None:
        """The first of these phrases, and how it is written, that is not said by another title already."""
        for text, phrase, _ in found:
            title = written(self._texts[text], phrase, self._spelling, self._languages[text])
            if title.casefold() not in self._titles and not self._is_given(text, phrase, backing.size):
                return text, phrase, title
        return None

    def _first_held(
        self, unheld: tuple[int, Phrase, str], found: Found, backing: Backing, claims: Claims
    ) -> tuple[int, Phrase, str] | None:
        """The first that enough texts say in its own words: of what a phrase that few say is left without some of its words,
        and of mere names. What somebody else claimed says something else, and so does what was denied, without its "not"."""
        own, turned = frozenset(self._worth.stems(*unheld[:2])), self._denied(*unheld[:2])
        for text, phrase, score in found:
            stems = self._worth.stems(text, phrase)
            same = bool(turned.intersection(stems)) == bool(self._denied(text, phrase))
            part = own.issuperset(stems) and same
            fits = part or self._only_names(text, phrase)
            if not fits or phrase.asks or claims.worded(text, phrase, backing).mean() < HELD:
                continue
            if (best := self._first_unlike([(text, phrase, score)], backing)) is not None:
                return best
        return None

    def _led(
        self,
        label: int,
        found: list[tuple[int, Phrase, float]],
        lead: int,
        weights: Weights,
        backing: Backing,
        keywords: tuple[str, ...],
    ) -> Title:
        """The title of a German theme that a noun names; a smaller theme of the same noun and no other is its twin."""
        chosen = self._german_titles.phrase(found, lead, backing)
        if chosen is not None:
            text, phrase = chosen
            title = written(self._texts[text], phrase, self._spelling, "de")
            if title.casefold() not in self._titles:
                self._titles.add(title.casefold())
                return Title(title, keywords)
        listed = self._german_titles.listed(lead, weights, backing)
        twin = self._leads.setdefault(listed, label)
        return Title(self._unlike(listed), keywords, -1 if twin == label else twin, listed=True)

    def _unlike(self, listed: str) -> str:
        """In sentence case, and with a number if a larger theme lists the same."""
        base = title = listed[:1].upper() + listed[1:] if listed[:2].islower() else listed
        number = 2
        while title.casefold() in self._titles:
            title, number = f"{base} ({number})", number + 1
        self._titles.add(title.casefold())
        return title

    def _about(self, text: int, phrase: Phrase, stems: Sequence[int], backing: Backing) -> str:
        """What is said of a mere name, "" for a phrase that says it itself."""
        own = self._worth.stems(text, phrase)
        kinds = set(self._texts[text].kind[phrase.start : phrase.end])
        read = self._texts[text]
        told = sum(self._tells[stem] for stem in own)
        if told == 1 and backing.size >= 2 * MANY and only_names(read, phrase.start, phrase.end):
            return self._listing.about(own, stems, backing, "de")
        if phrase.asks or backing.size < 2 * MANY or (len(own) > 1 and (len(own) > 2 or not kinds <= NAMING)):
            return ""
        language = self._languages[text]
        return self._listing.about(own, stems, backing, language, None if language == "de" else self._claims)

    def _is_given(self, text: int, phrase: Phrase, size: int) -> bool:
        """Whether another title says the same. A theme of one message has its own words anyway."""
        stems = frozenset(self._worth.stems(text, phrase))
        return size > 1 and any(_alike(stems, other) for other, _, _ in self._given)

    def _matter(self, text: int, phrase: Phrase) -> frozenset[int]:
        """Its words but for those that all speak of: "the app won't play" is "the video won't play" where all is about both.

        In German such words stand in no title alone (`Corpus.tells`).
        """
        stems = frozenset(self._worth.stems(text, phrase))
        return stems if self._texts[text].german else (stems - self._listing.everywhere or stems)

    def _candidates(
        self, members: IntArray, backing: Backing, weights: Weights
    ) -> list[tuple[int, Phrase, float]]:
        scored: dict[tuple[str, ...], tuple[int, Phrase, float]] = {}
        weighed: dict[tuple[bool, str], tuple[float, bool]] = {}
        against = opposite(self._moods, members)
        first = set(nlargest(4, weights.words, key=lambda stem: (weights.words[stem], -stem)))
        for text in self._telling(members, weights):
            fits = AGAINST if self._moods is not None and self._moods[text] == against else 1.0
            for phrase in whole(self._texts[text]):
                same = phrase.asks, " ".join(self._texts[text].words[phrase.start : phrase.end])
                if same not in weighed:  # Many say it in the same words.
                    pointed = not first.isdisjoint(self._worth.stems(text, phrase))
                    weighed[same] = self._worth.weight(text, phrase, weights), pointed
                weight, pointed = weighed[same]
                score = fits * phrase.grace * weight
                if score and not pointed:
                    score *= OFF_THE_POINT
                key = tuple(self._texts[text].lower[phrase.start : phrase.end])
                if score >= LEAST_SCORE and (key not in scored or scored[key][2] < score):
                    scored[key] = (text, phrase, score)
        if len(members) == 1:
            return nlargest(PHRASES_KEPT, scored.values(), key=_rank)
        best = nlargest(PHRASES_WEIGHED, scored.values(), key=_rank)
        backed = [
            (
                text,
                phrase,
                score * self._worth.backed(text, phrase, weights, backing) * self._apart(text, phrase),
            )
            for text, phrase, score in best
        ]
        best = nlargest(2 * PHRASES_KEPT, (found for found in backed if found[2] > 0), key=_rank)
        near = self._nearness(members, best)
        fitting = [(text, phrase, score * fit) for (text, phrase, score), fit in zip(best, near, strict=True)]
        return nlargest(PHRASES_KEPT, fitting, key=_rank)

    def _apart(self, text: int, phrase: Phrase) -> float:
        """Less than 1 where, in English, a noun runs into the next one, with nothing but its article between."""
        read, stems = self._texts[text], self._worth.all_stems(text)
        runs = (
            place
            for place in range(phrase.start, phrase.end - 2)
            if read.kind[place + 1] is Kind.DETERMINER
            and stems[place] >= 0
            and self._listing.nouns[stems[place]]
        )
        return 1.0 if read.german or phrase.asks or next(runs, -1) < 0 else RUN_INTO

    def _nearness(self, members: IntArray, found: list[tuple[int, Phrase, float]]) -> list[float]:
        if self._meaning is None or not found:
            return [1.0] * len(found)
        return self._meaning.nearness(members, list(map(self._said, found)))

    def _telling(self, members: IntArray, weights: Weights) -> list[int]:
        def weight(text: int) -> float:
            own = self._worth.all_stems(text)
            return float(sum(weights.words.get(stem, 0.0) for stem in set(own)) / np.sqrt(len(own) + 3))

        return nlargest(TEXTS_READ, members.tolist(), key=lambda text: (weight(text), -text))


def _alike(stems: frozenset[int], others: frozenset[int]) -> bool:
    return len(stems & others) > SAME * len(stems | others)


def _rank(found: tuple[int, Phrase, float]) -> tuple[float, int, int]:
    text, phrase, score = found
    return score, -text, -phrase.start
