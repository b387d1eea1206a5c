"""A readable name for each theme, in words that people really used.

A title is the whole phrase that carries the most of what sets the theme apart (see `keywords.weigh`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import nlargest

import numpy as np

from textanalytics.backing import Backing
from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.corpus import Corpus, members_of, read_texts
from textanalytics.german import begins_with_verb, hastily, only_names, says
from textanalytics.german_titles import GermanTitles
from textanalytics.grammar import CALENDAR, EMPTY, FILLING, NAMED, NAMING, TELLING, Kind
from textanalytics.keywords import Weights, weigh
from textanalytics.listing import APART, DISPUTED, Listing
from textanalytics.mixed import mixed
from textanalytics.nearness import Meaning
from textanalytics.negation import TURNING, denies
from textanalytics.phrases import Phrase, whole
from textanalytics.quotes import quotes
from textanalytics.titling import written

__all__ = ["Title", "quotes", "titles"]

TEXTS_READ = 60
"""Per theme: phrases are taken from the texts that say the most."""

PHRASES_WEIGHED, PHRASES_KEPT = 60, 12
TEXTS_ASKED = 200
BACKING = 0.45
"""Power of the share of texts that hold the words of a phrase: a title must fit what stands under it."""

MANY = 5
"""Texts from which on a phrase must be borne out by the others; below, each says for itself."""

COVERED, REPEATED = 0.3, 0.06
"""Shares of a theme's texts that hold half of what a title says, and all of it. With less it is one person's phrase."""

STATED = 0.15
"""And so many have to hold all of a German sentence, of which one with only its noun says something else."""

RARE, RARELY = 0.1, 0.6
"""A word that fewer of the theme's texts hold does not name the theme; what it takes off."""

FILLED = 0.8
"""For each small word that says something and that few of the theme's texts hold: "went to get my parcel"."""

NUMBERED = 0.15
"""Share of the texts that must hold a phrase with a number word for word."""

OTHERWISE = 0.4
"""Share of the texts with a phrase's words that must deny them where the phrase does, and must not where it does not
(one less it)."""

ALONE = 0.5
"""For a phrase that says "not" where most do not, or the other way round."""

HARDLY = 0.2
"""And where so few do, it says the opposite of what the theme says."""

ASKED, ASKING = 2, 0.1
"""Texts that must ask what a question asks, and their share: one person's question is not what many want to know."""

DATED = 0.3
"""Share of the texts that must hold a time that a phrase says: "delivered on Friday" belongs to one message."""

POOR = 0.25
"""A statement with less is what somebody said, not what many mean: to list the theme's words is truer."""

POOR_DEED = 0.4
"""The same for what somebody did, which says nothing of how it went: "purchased a printer"."""

POORLY_NAMED, POOREST = 0.3, 0.1
"""The same for a name; and for either, if the list would be one word."""

TELLS = 1.35
"""A phrase that says what is the matter is worth more than one that only names a thing."""

JUDGES = 1.2
"""And so is one that begins by judging it: "terrible customer service"."""

ONE_WORD = 0.75
"""For a phrase in which one word alone has a meaning: "didn't work"."""

TWO_SUBJECTS = 0.8
ONE_CASE = 0.7
"""For a phrase with a number: flight 48 and 20 minutes belong to one message, not to the theme."""

OFF_THE_POINT = 0.6
"""For a phrase without any of the theme's first keywords."""

AGAINST = 0.6
"""For a phrase out of praise in a theme of complaints, or out of a complaint in a theme of praise."""

PAIR = 0.6
DILUTION = 0.55
"""0 would favour the longest phrase, 1 the single strongest word."""

LEAST_SCORE = 0.35
SAME = 0.7
"""Two titles that share more of their words than this are the same title."""

NAMELESS = 0.4
"""For a German question without a noun; what is no question is no title without one."""


@dataclass(frozen=True)
class Title:
    """`twin` is the label that a larger theme has whose title says the same as what would suit this one best."""

    title: str
    keywords: tuple[str, ...]
    twin: int = -1
    listed: bool = False
    """Whether no phrase fitted, so that the title only lists the words that set the theme apart."""
    mixed: bool = False
    """Whether no word holds the texts together, so that no title says what they have in common: see `mixed`."""


NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve".split())

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
) -> dict[int, Title]:
    """One title for each label from 0 up; texts are cleaned, `languages` are ISO 639-1 (English if not given).

    With `moods` (see `base.MOODS`) a theme of praise is not named by a complaint, nor the other way round. With
    `encoder`, and `vectors` of the texts made by it, a title has to mean what the theme means.

    Deterministic. No two labels get the same title; the largest label chooses first.
    """
    return name_all(
        read_texts(texts, labels, languages), labels, moods=moods, vectors=vectors, encoder=encoder
    )


def name_all(
    corpus: Corpus,
    labels: IntArray,
    *,
    moods: Sequence[str] | None = None,
    vectors: FloatArray | None = None,
    encoder: Encoder | None = None,
    known: Candidates | None = None,
) -> dict[int, Title]:
    """What `titles` does, for texts that are read already; `known` are candidates that were looked for before."""
    meaning = Meaning(encoder, vectors, labels) if encoder is not None and vectors is not None else None
    namer = Namer(corpus, moods, meaning)
    weights, members, known = weigh(corpus.words, labels), members_of(labels), known or {}
    loose = mixed(corpus, weights, members)
    return {
        label: replace(
            namer.name(label, members[label], weights[label], known.get(label)), mixed=label in loose
        )
        for label in sorted(weights, key=lambda label: (-len(members[label]), label))
    }


class Namer:
    def __init__(self, corpus: Corpus, moods: Sequence[str] | None, meaning: Meaning | None) -> None:
        self._texts, self._languages, self._words = corpus.texts, corpus.languages, corpus.words
        self._stem, self._starts = corpus.words.stem.tolist(), corpus.words.starts.tolist()
        self._spelling = corpus.spelling
        self._moods = moods
        self._meaning = meaning
        self._given: list[tuple[frozenset[int], int]] = []
        self._titles: set[str] = set()
        self._listing = Listing(corpus)
        self._german_titles = GermanTitles(corpus, self._listing)
        self._leads: dict[str, int] = {}
        self._tells = corpus.tells().tolist()

    def candidates(self, members: IntArray, weights: Weights) -> list[tuple[int, Phrase, float]]:
        """The phrases that would suit these texts, the best first."""
        return self._candidates(*self._backed(members), weights)

    def _backed(self, members: IntArray) -> tuple[IntArray, Backing]:
        """Those of the texts that are in their main language, and what they say for a phrase."""
        spoken = Counter(self._languages[i] for i in members.tolist())
        language = max(spoken, key=lambda name: (spoken[name], name))
        members = members[[self._languages[i] == language for i in members.tolist()]]
        asked = members[:: -(-len(members) // TEXTS_ASKED)].tolist()
        return members, Backing([self._texts[i] for i in asked], [self._all_stems(i) for i in asked])

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
        twin = self._twin(found, good, len(members))
        best = self._first_unlike(good, len(members))
        if best is None:
            listed = self._listing.listed(weights, backing, language)
            said = [one for one in found if one[2] >= POOREST] if APART not in listed else []
            best = self._first_unlike(said, len(members))
            if best is None:
                return Title(self._unlike(listed), keywords, twin, listed=True)
        text, phrase, title = best
        self._titles.add(title.casefold())
        if len(members) > 1:
            self._given.append((self._matter(text, phrase), label))
        return Title(title + self._about(text, phrase, stems, backing), keywords, twin)

    def _says_enough(self, text: int, phrase: Phrase, score: float) -> bool:
        """Whether a phrase of that worth says more than a list of words."""
        kinds = self._texts[text].kind[phrase.start : phrase.end]
        tells = phrase.asks or self._texts[text].german or not TELLING.isdisjoint(kinds)
        if score >= POOR_DEED or (tells and score >= POOR):
            return True
        first = next(iter(self._stems(text, phrase)))
        named = NAMED.issuperset(kinds) and (self._texts[text].german or self._listing.things[first])
        return bool(named and score >= POORLY_NAMED)

    def _twin(self, found: Found, good: Found, size: int) -> int:
        """The label whose title says the same as the best of these, if that is good; -1 for none."""
        if not good or good[0] is not found[0]:
            return -1
        text, phrase, _ = found[0]
        return self._given_already(text, phrase, size)

    def _first_unlike(self, found: Found, size: int) -> tuple[int, Phrase, str] | None:
        """The first of these phrases, and how it is written, that is not said by another title already."""
        for text, phrase, _ in found:
            title = written(self._texts[text], phrase, self._spelling, self._languages[text])
            if title.casefold() not in self._titles and self._given_already(text, phrase, size) < 0:
                return text, phrase, title
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
        own = self._stems(text, phrase)
        kinds = set(self._texts[text].kind[phrase.start : phrase.end])
        read = self._texts[text]
        told = sum(self._tells[stem] for stem in own)
        if told == 1 and backing.size >= 2 * MANY and only_names(read, phrase.start, phrase.end):
            return self._listing.about(own, stems, backing, "de")
        if phrase.asks or backing.size < 2 * MANY or (len(own) > 1 and (len(own) > 2 or not kinds <= NAMING)):
            return ""
        return self._listing.about(own, stems, backing, self._languages[text])

    def _given_already(self, text: int, phrase: Phrase, size: int) -> int:
        """The label whose title says the same, -1 for none. A theme of one message has its own words anyway."""
        stems = self._matter(text, phrase)
        same = (label for other, label in self._given if len(stems & other) > SAME * len(stems | other))
        return next(same, -1) if size > 1 else -1

    def _matter(self, text: int, phrase: Phrase) -> frozenset[int]:
        """Its words but for those that all speak of: "the app won't play" is "the video won't play" where all is about both.

        In German such words stand in no title alone (`Corpus.tells`).
        """
        stems = frozenset(self._stems(text, phrase))
        return stems if self._texts[text].german else (stems - self._listing.everywhere or stems)

    def _candidates(
        self, members: IntArray, backing: Backing, weights: Weights
    ) -> list[tuple[int, Phrase, float]]:
        scored: dict[tuple[str, ...], tuple[int, Phrase, float]] = {}
        weighed: dict[tuple[bool, str], tuple[float, bool]] = {}
        opposite = self._opposite(members)
        first = set(nlargest(4, weights.words, key=lambda stem: (weights.words[stem], -stem)))
        for text in self._telling(members, weights):
            fits = AGAINST if self._moods is not None and self._moods[text] == opposite else 1.0
            for phrase in whole(self._texts[text]):
                same = phrase.asks, " ".join(self._texts[text].words[phrase.start : phrase.end])
                if same not in weighed:  # Many say it in the same words.
                    pointed = not first.isdisjoint(self._stems(text, phrase))
                    weighed[same] = self._weight(text, phrase, weights), pointed
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
            (text, phrase, score * self._backing(text, phrase, weights, backing))
            for text, phrase, score in best
        ]
        best = nlargest(2 * PHRASES_KEPT, (found for found in backed if found[2] > 0), key=_rank)
        near = self._nearness(members, best)
        fitting = [(text, phrase, score * fit) for (text, phrase, score), fit in zip(best, near, strict=True)]
        return nlargest(PHRASES_KEPT, fitting, key=_rank)

    def _nearness(self, members: IntArray, found: list[tuple[int, Phrase, float]]) -> list[float]:
        if self._meaning is None or not found:
            return [1.0] * len(found)
        said = [" ".join(self._texts[text].words[phrase.start : phrase.end]) for text, phrase, _ in found]
        return self._meaning.nearness(members, said)

    def _opposite(self, members: IntArray) -> str:
        """The mood that most of these texts are not in."""
        if self._moods is None:
            return ""
        felt = Counter(self._moods[i] for i in members.tolist())
        good, bad = felt["positive"], felt["negative"]
        return "negative" if good > 2 * bad else "positive" if bad > 2 * good else ""

    def _backing(self, text: int, phrase: Phrase, weights: Weights, backing: Backing) -> float:
        """0 to 1, by what the theme's texts say for the phrase; 0 for what is one person's.

        One word with a meaning alone means little, and a number belongs to one case: then all words have to be there.
        """
        stems, words = self._stems(text, phrase), self._texts[text].lower[phrase.start : phrase.end]
        numbered = _is_numbered(words)
        wanted = stems if len(stems) > 1 and not numbered else words
        holding = len(backing.all_of(wanted))
        worth = ((holding + 0.5) / (backing.size + 0.5)) ** BACKING
        if backing.size >= MANY:
            repeated = (
                STATED
                if self._texts[text].german and says(self._texts[text], phrase.start, phrase.end)
                else REPEATED
            )
            enough = max(2 if backing.size < 2 * MANY else 3, repeated * backing.size)
            if len(backing.all_of(stems)) < enough:
                return 0.0
            if len(backing.covered(stems, weights.words)) < COVERED * backing.size:
                return 0.0
            if numbered and holding < NUMBERED * backing.size:
                return 0.0
            kinds = self._texts[text].kind[phrase.start : phrase.end]
            if any(backing.share(word) < DATED for word in self._times(text, phrase)):
                return 0.0
            fillers = (word for word, kind in zip(words, kinds, strict=True) if kind in FILLING)
            worth *= FILLED ** (0 if phrase.asks else sum(backing.share(word) < RARE for word in fillers))
            worth *= RARELY ** sum(backing.share(stem) < RARE for stem in stems)
        return float(worth * self._sense(text, phrase, stems, backing))

    def _times(self, text: int, phrase: Phrase) -> list[str]:
        """Its words that say when; "Night" with a capital is part of a name, "Friday" is not."""
        read = self._texts[text]
        return [
            read.lower[place]
            for place in range(phrase.start, phrase.end)
            if read.kind[place] is Kind.TIME
            and (not read.words[place].istitle() or read.lower[place] in CALENDAR)
        ]

    def _sense(self, text: int, phrase: Phrase, stems: Sequence[int], backing: Backing) -> float:
        """Less than 1 for what says "not", or asks, where the others with its words do not."""
        if phrase.asks:
            one = backing.size >= MANY and backing.asked(stems) < max(ASKED, ASKING * backing.size)
            return 0.0 if one else min(1.0, 0.2 + 2 * backing.asking())
        if self._denies(text, phrase):
            kinds = self._texts[text].kind[phrase.start : phrase.end]
            judged = (Kind.ADJECTIVE in kinds[1:]) and kinds[kinds.index(Kind.ADJECTIVE, 1) - 1] in TURNING
            denying = backing.turned(stems) if judged else backing.denying(stems)
            return 1.0 if denying >= OTHERWISE else ALONE if denying >= HARDLY or backing.size < MANY else 0.0
        if self._states(text, phrase) and backing.turned(stems) >= DISPUTED:
            return 0.0
        return ALONE if backing.denying(stems) > 1 - OTHERWISE else 1.0

    def _denies(self, text: int, phrase: Phrase) -> bool:
        return any(denies(self._texts[text], place) for place in range(phrase.start, phrase.end))

    def _states(self, text: int, phrase: Phrase) -> bool:
        """Whether it says that something is so: "parcel was delivered", "parcel delivered", not "my parcel"."""
        read, last = self._texts[text], phrase.end - 1
        if Kind.AUXILIARY in read.kind[phrase.start : phrase.end]:
            return True
        if self._languages[text] == "de":
            return not self._spelling.word(read.words[last], "de")[:1].isupper()
        return last > phrase.start and read.lower[last].endswith(("ed", "works"))

    def _telling(self, members: IntArray, weights: Weights) -> list[int]:
        def weight(text: int) -> float:
            own = self._all_stems(text)
            return float(sum(weights.words.get(stem, 0.0) for stem in set(own)) / np.sqrt(len(own) + 3))

        return nlargest(TEXTS_READ, members.tolist(), key=lambda text: (weight(text), -text))

    def _all_stems(self, text: int) -> list[int]:
        return self._stem[self._starts[text] : self._starts[text + 1]]

    def _stems(self, text: int, phrase: Phrase) -> list[int]:
        offset = self._starts[text]
        return [stem for stem in self._stem[offset + phrase.start : offset + phrase.end] if stem >= 0]

    def _weight(self, text: int, phrase: Phrase, weights: Weights) -> float:
        stems = self._stems(text, phrase)
        if not stems or len(set(stems)) < len(stems) or (phrase.asks and not self._asks_enough(text, phrase)):
            return 0.0
        size = len(self._words.names)
        single = sum([weights.words.get(stem, 0.0) for stem in stems])
        paired = sum([weights.pairs.get(a * size + b, 0.0) for a, b in zip(stems, stems[1:], strict=False)])
        kinds = self._texts[text].kind[phrase.start : phrase.end]
        empty = 0 if phrase.asks else sum([kind in EMPTY for kind in kinds])
        tells = 1.0 if phrase.asks or TELLING.isdisjoint(kinds[1:]) else TELLS
        if len(stems) == 1 and not phrase.asks:
            tells *= ONE_WORD
        if kinds[0] is Kind.ADJECTIVE:
            tells *= JUDGES
        if Kind.SUBJECT in kinds and not phrase.asks:
            tells *= TWO_SUBJECTS
        if _is_numbered(self._texts[text].lower[phrase.start : phrase.end]):
            tells *= ONE_CASE
        if self._languages[text] == "de":
            tells *= self._german(text, phrase)
        return tells * (single + PAIR * paired) / float((len(stems) + empty / 2) ** DILUTION)

    def _asks_enough(self, text: int, phrase: Phrase) -> bool:
        """Not "Is your website?", whose answer hangs on what was cut off."""
        said = (
            self._texts[text].kind[phrase.start] is Kind.QUESTION
            and self._texts[text].lower[phrase.start] != "how"
        )
        return said or len(self._stems(text, phrase)) > 1

    def _german(self, text: int, phrase: Phrase) -> float:
        """Less than 1 for what names nothing, or begins with a verb; nouns are told by their capital letter."""
        read = self._texts[text]
        words = read.words[phrase.start : phrase.end]
        large = [self._spelling.word(word, "de")[:1].isupper() for word in words]
        if not any(large):
            return NAMELESS if phrase.asks else 0.0
        if not phrase.asks and not any(self._tells[stem] for stem in self._stems(text, phrase)):
            return 0.0
        named = large[0] and not hastily(read, phrase.start)
        return 1.0 if phrase.asks or named else begins_with_verb(read, phrase.start, phrase.end)


def _is_numbered(words: Sequence[str]) -> bool:
    return any(word[0].isdigit() or word in NUMBERS for word in words)


def _rank(found: tuple[int, Phrase, float]) -> tuple[float, int, int]:
    text, phrase, score = found
    return score, -text, -phrase.start
