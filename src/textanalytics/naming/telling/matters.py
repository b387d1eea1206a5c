"""What is said of a thing of which people say all sorts: "lost my card", "pay by card", each with the texts that say it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from textanalytics.base import BoolArray, Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, members_of
from textanalytics.grammar.keywords import Weights, stem_of, weigh
from textanalytics.grammar.kinds import NAMING, TELLING, Kind
from textanalytics.grammar.negation import denies
from textanalytics.grammar.phrases import Phrase, whole
from textanalytics.naming.saying.alone import reads_alone
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.claims import Claims
from textanalytics.naming.saying.listing import APART, ASTRAY
from textanalytics.naming.saying.nearness import Meaning
from textanalytics.naming.saying.things import nothing_else, stand
from textanalytics.naming.saying.titling import Title, written
from textanalytics.naming.saying.usual import FELT, Usual
from textanalytics.naming.saying.worth import Worth
from textanalytics.naming.telling.again import says_again
from textanalytics.naming.telling.german_matters import GermanTeller, only_nouns
from textanalytics.naming.telling.several import JUDGED, MATTERS, TEXTS
from textanalytics.sentiment import strengths
from textanalytics.settling.moods import opposite
from textanalytics.text import tokens

LONGEST = 5
"""Words of what is said of a thing; more is a sentence of one person."""

WHOLE = 0.3
"""Grace of a phrase that can be read alone."""

WRITTEN, SHORT = 2, 3
"""Texts that write a phrase, in whatever order of its words; and words of one that nobody has to write as it is, if enough texts
hold its words."""

CLAUSES = frozenset({Kind.SUBJECT, Kind.QUESTION, Kind.CONJUNCTION})
"""With one of these within it a phrase is cut from two thoughts: "seats | we paid", "money and | the seller"."""

FEW, PARTS, SORTS = 0.05, 0.2, 0.15
"""Share of the texts that say a thing that is told; and share that say one of them, also where they say all sorts of it. What
less say tells hardly what is said."""

DENIED = 0.5
"""Where so many deny it, it is not told without its "not": "refund in my statement"."""

COMPARING = frozenset("any other another else".split())
"""A phrase with these says something of other things: "the best of any airline"."""

READ, WEIGHED = 200, 40
"""Texts from which phrases are taken, and phrases of which it is asked who says them."""

FAINT = 0.1
"""What a word has to weigh to be new: what sets the theme apart by less is what everybody speaks of."""

SAME_SENSE, NEAR_SENSE = 0.6, 0.35
"""Cosines of two phrases, and of what each alone says, from which on they say the same: "deposited a cheque" and "deposited a
check"."""

LARGE = 40
"""Texts from which on it is told what is said beside the title, too."""

HALF = 0.5
"""What more of the texts name than this is no part of what they speak of."""

NEW = 0.5
"""Share of those that say it who have not said what was told before."""


@dataclass(frozen=True)
class Matter:
    said: str
    texts: tuple[int, ...]
    """Those that say it. One text may stand under two."""
    names: bool = False
    """Whether it only names a thing."""
    titled: bool = False
    """Whether the title says it already: those who say it are counted, and it is not told again."""


def matters(
    corpus: Corpus,
    labels: IntArray,
    titles: Mapping[int, Title],
    *,
    vectors: FloatArray,
    encoder: Encoder,
    moods: Sequence[str] | None = None,
) -> dict[int, tuple[Matter, ...]]:
    """For each label of `JUDGED` texts or more whose title is a thing or sets words side by side, and of each large one, up to `MATTERS`
    things that are said of it.

    Each is a phrase that two texts write at least, and which three, and one in twenty, say in whatever words; what most say comes
    first. With `moods` (see `base.MOODS`) nothing that was praise is told of what most complain of, nor the other way round.
    What is left says something else again. Other labels are left out: their titles say it.
    """
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    wanted = [
        label
        for label, title in sorted(titles.items())
        if sizes[label] >= JUDGED
        and (
            _needs(title) or (only_nouns(title) if corpus.is_german else _is_large(title, int(sizes[label])))
        )
    ]
    if not wanted:
        return {}
    weights, members = weigh(corpus.words, labels), members_of(labels)
    meaning = Meaning(encoder, vectors, labels)
    teller = Teller(corpus, meaning, moods)
    said = {label: teller.tell(members[label], weights[label], titles[label].title) for label in wanted}
    if corpus.is_german:
        german = GermanTeller(corpus, meaning)
        for label, some in said.items():
            own = {one.said: one.texts for one in some}
            others = german.more(members[label], titles[label].title, own)
            said[label] = (*some, *(Matter(*one) for one in others.items()))
    told = {label: _parts(some, HALF * int(sizes[label])) for label, some in said.items()}
    sorts = {label for label in told if titles[label].several or _is_large(titles[label], int(sizes[label]))}
    least = {label: (SORTS if label in sorts else PARTS) * sizes[label] for label in told}
    return {label: said for label, said in told.items() if said and _saying(said) >= least[label]}


def _parts(said: Sequence[Matter], most: float) -> tuple[Matter, ...]:
    """Without the names that more say than that."""
    return tuple(one for one in said if not one.names or len(one.texts) <= most)


def _saying(said: Sequence[Matter]) -> int:
    return len({text for one in said for text in one.texts})


def _is_large(title: Title, size: int) -> bool:
    """So many say something beside what the title says: of a cancelled flight, that they want to be rebooked."""
    return size >= LARGE and not title.mixed


def _needs(title: Title) -> bool:
    return not title.mixed and (title.several or APART in title.title or title.listed or title.bare)


class Teller:
    """Tells what texts say of the thing that their title names."""

    def __init__(self, corpus: Corpus, meaning: Meaning, moods: Sequence[str] | None) -> None:
        self._moods, self._meaning = moods, meaning
        self._corpus, self._texts, self._names = corpus, corpus.texts, corpus.words.names
        self._worth, self._claims, self._usual = Worth(corpus), Claims(corpus, meaning), Usual(corpus)
        self._tells = corpus.tells().tolist()

    def tell(
        self, members: IntArray, weights: Weights, title: str, backing: Backing | None = None
    ) -> tuple[Matter, ...]:
        """What they say, the most first; `backing` of just these texts, if there is one already."""
        if backing is None:
            texts = members.tolist()
            backing = Backing([self._texts[i] for i in texts], list(map(self._worth.all_stems, texts)), texts)
        named = self._named(title, backing, self._corpus.languages[int(members[0])])
        least = max(TEXTS, FEW * len(members))
        phrases = self._phrases(members, weights, named, backing, least / 2)
        ranked = sorted(phrases, key=lambda one: (-one[0], one[1], one[2].start))
        said = [
            (worth, text, phrase, self._claims.worded(text, phrase, backing))
            for worth, text, phrase in ranked[:WEIGHED]
        ]
        told = [
            Matter(
                self._written(text, phrase, backing),
                tuple(members[saying].tolist()),
                self._only_names(text, phrase),
            )
            for text, phrase, saying in self._apart(said, len(members), named)
        ]
        new = (one for one in told if not says_again(one.said, title, self._meaning))
        return tuple(sorted(new, key=lambda one: -len(one.texts)))

    def _written(self, text: int, phrase: Phrase, backing: Backing) -> str:
        language = self._corpus.languages[text]
        if language == "en":
            text, phrase = self._usual.wording(text, phrase, backing)
        return written(self._texts[text], phrase, self._corpus.spelling, language)

    def _named(self, title: str, backing: Backing, language: str) -> set[int]:
        """The words that say what the title says."""
        roots = {stem_of(word, language) for word, _, _ in tokens(title)}
        own = [stem for stem in backing.repeated if stem_of(self._names[stem], language) in roots]
        return {other for stem in own for other in self._claims.senses(stem, backing)}

    def _phrases(
        self, members: IntArray, weights: Weights, named: set[int], backing: Backing, least: float
    ) -> Iterator[tuple[float, int, Phrase]]:
        """What it is worth to tell each phrase that several of the texts write, and where it stands. `least` of them hold its
        very words."""
        stands: dict[tuple[bool, frozenset[int]], dict[str, list[tuple[int, Phrase]]]] = {}
        seen: set[tuple[str, ...]] = set()
        against = opposite(self._moods, members)
        for text in members[:: -(-len(members) // READ)].tolist():
            felt_otherwise = self._moods is not None and self._moods[text] == against
            if (lower := tuple(self._texts[text].lower)) in seen or felt_otherwise:
                continue
            seen.add(lower)
            own: set[tuple[bool, frozenset[int]]] = set()
            for phrase in whole(self._texts[text]):
                key = self._key(text, phrase, weights, named)
                if key is not None and against == "positive" and not key[0] and self._praises(key[1]):
                    continue
                if key is not None and key not in own:
                    own.add(key)
                    words = " ".join(lower[phrase.start : phrase.end])
                    stands.setdefault(key, {}).setdefault(words, []).append((text, phrase))
        for (denied, stems), wordings in stands.items():
            count = sum(map(len, wordings.values()))
            if not denied and backing.turned(tuple(stems)) >= DENIED:
                continue
            if count < WRITTEN and min(map(_words, wordings)) > SHORT:
                continue
            if len(backing.all_of(tuple(stems))) < least:
                continue
            told = max(weights.words[stem] for stem in stems if self._is_new(stem, weights, named))
            best = max(wordings.values(), key=lambda some: (len(some), max(p.grace for _, p in some)))
            text, phrase = max(best, key=lambda one: one[1].grace)
            yield told * phrase.grace * count**0.5, text, phrase

    def _key(
        self, text: int, phrase: Phrase, weights: Weights, named: set[int]
    ) -> tuple[bool, frozenset[int]] | None:
        """Which phrases say the same: those of the same words, denied or not. None for what cannot be read alone, or says
        nothing but the title."""
        read, places = self._texts[text], range(phrase.start, phrase.end)
        if phrase.grace < WHOLE or phrase.asks or len(places) > LONGEST:
            return None
        if not CLAUSES.isdisjoint(read.kind[phrase.start + 1 : phrase.end]):
            return None
        if read.german and not self._worth.german(text, phrase):
            return None
        if not read.german and not reads_alone(read, phrase, self._nouns, self._worth.all_stems(text)):
            return None
        stems = self._worth.stems(text, phrase)
        if len(set(stems)) < len(stems) or not any(self._is_new(stem, weights, named) for stem in stems):
            return None
        words = read.lower[phrase.start : phrase.end]
        if not COMPARING.isdisjoint(words) or any(word[0].isdigit() for word in words):
            return None
        inside = read.kind[phrase.start + 1 : phrase.end - 1]
        if not read.german and Kind.DETERMINER in inside and self._runs_on(text, places[:-2]):
            return None
        denied = any(denies(read, place) for place in places)
        claims = denied or not TELLING.isdisjoint(read.kind[phrase.start + 1 : phrase.end])
        return (denied, frozenset(stems)) if len(stems) > 1 or claims else None

    @cached_property
    def _nouns(self) -> BoolArray:
        return nothing_else(stand(self._corpus))

    def _runs_on(self, text: int, places: Sequence[int]) -> bool:
        """Whether a noun at one of these has another right behind it, and its article between: "ps4 my online"."""
        stems, kind = self._worth.all_stems(text), self._texts[text].kind
        behind = (stems[place] for place in places if kind[place + 1] is Kind.DETERMINER)
        return any(stem >= 0 and self._nouns[stem] for stem in behind)

    def _praises(self, stems: Collection[int]) -> bool:
        return any(self._pleased[stem] for stem in stems)

    @cached_property
    def _pleased(self) -> BoolArray:
        """(words,)"""
        return np.asarray(strengths(self._names).max(axis=1, initial=0) >= FELT, np.bool_)

    def _is_new(self, stem: int, weights: Weights, named: set[int]) -> bool:
        """Whether a word tells something, and the title has not said it."""
        told = self._tells[stem] and weights.words.get(stem, 0.0) >= FAINT and self._names[stem] not in ASTRAY
        return told and stem not in named

    def _apart(
        self, said: Sequence[tuple[float, int, Phrase, BoolArray]], size: int, named: Collection[int]
    ) -> Iterator[tuple[int, Phrase, BoolArray]]:
        """One after the other what most say who have said nothing yet, as long as enough of them say it."""
        least = max(TEXTS, FEW * size)
        left = [one for one in said if one[3].sum() >= least]
        heard = np.zeros(size, np.bool_)
        for _ in range(MATTERS):
            new = [worth * float((saying & ~heard).sum()) ** 0.5 for worth, _, _, saying in left]
            if not new:
                return
            _, text, phrase, saying = left.pop(int(np.argmax(new)))
            yield text, phrase, saying
            heard |= saying
            own = self._worth.stems(text, phrase)
            left = [one for one in left if self._is_other(one, own, heard, least)]
            left = [one for one in left if not self._says_the_same(one[1:3], (text, phrase), named)]

    def _is_other(
        self, said: tuple[float, int, Phrase, BoolArray], told: Sequence[int], heard: BoolArray, least: float
    ) -> bool:
        """Whether it says something else than what was told, and enough say it who have not been heard."""
        _, text, phrase, saying = said
        new = int((saying & ~heard).sum())
        stems = self._worth.stems(text, phrase)
        shared = sum(self._claims.repeats([stem], told) for stem in stems)
        return new >= max(least / 2, NEW * int(saying.sum())) and shared * 2 <= len(stems)

    def _only_names(self, text: int, phrase: Phrase) -> bool:
        return set(self._texts[text].kind[phrase.start : phrase.end]) <= NAMING

    def _says_the_same(
        self, said: tuple[int, Phrase], told: tuple[int, Phrase], named: Collection[int]
    ) -> bool:
        """Whether two phrases have one sense, by themselves and in what each alone says; what only says more says something else."""
        one, other = self._telling(*said), self._telling(*told)
        mine = [word for word, stem in one.items() if word not in other and stem not in named]
        theirs = [word for word, stem in other.items() if word not in one and stem not in named]
        near = bool(mine and theirs) and self._alike(mine, theirs) >= NEAR_SENSE
        return near and self._alike(list(one), list(other)) >= SAME_SENSE

    def _alike(self, one: Sequence[str], other: Sequence[str]) -> float:
        return self._meaning.likeness(" ".join(one), [" ".join(other)])[0]

    def _telling(self, text: int, phrase: Phrase) -> dict[str, int]:
        """Its words that say something, each with its stem."""
        read, stems = self._texts[text], self._worth.all_stems(text)
        places = range(phrase.start, phrase.end)
        return {read.lower[place]: stems[place] for place in places if stems[place] >= 0}


def _words(phrase: str) -> int:
    return phrase.count(" ") + 1
