"""What is said in each part of a theme: of a card payment one part does not recognise it, in another it was reverted.

`matters` tells what a few say in the same words, wherever they lie. Where most of a theme's texts lie in parts that can be called by
what is said in them, and hardly in the others, that tells more, and of nearly all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.base import BoolArray, Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, members_of
from textanalytics.grammar.keywords import count_words, stem_of, weigh
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.grammar.negation import denies
from textanalytics.grammar.phrases import Phrase
from textanalytics.grammar.sentence import Text
from textanalytics.grouping.parts import parts
from textanalytics.naming.saying.alone import reads_alone
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.claims import Claims
from textanalytics.naming.saying.finding import Finder
from textanalytics.naming.saying.listing import APART, BESIDE, Listing
from textanalytics.naming.saying.nearness import Meaning
from textanalytics.naming.saying.statements import FAILS
from textanalytics.naming.saying.titling import Title, within
from textanalytics.naming.saying.usual import FELT
from textanalytics.naming.saying.ways import are_contrary, says_not
from textanalytics.naming.telling.again import are_one, says_again
from textanalytics.naming.telling.matters import CLAUSES, DENIED, Matter
from textanalytics.naming.telling.subjects import Subjects
from textanalytics.sentiment import strengths
from textanalytics.settling.moods import opposite
from textanalytics.text import tokens

JUDGED = 40
"""Texts from which on a theme is looked at in parts."""

SAID, ELSEWHERE = 0.15, 0.5
"""Share of a part's texts that say what it is called, in its words or others of the same sense; and of that share at most in the rest of
the theme."""

SHORTEST, LONGEST = 2, 6
"""Words of what a part is called."""

TOLD, MOST = 0.4, 4
"""Share of the theme's texts that are in parts that can be called something, and such parts that are told."""

NAMED_BY, MEANT = 0.25, 0.7
"""What fewer of the texts say, in its words or others of the same sense, is no title for all: the theme is called by its two largest parts,
unless fewer say these, or the title means what the first does, as their cosine tells."""

HALF, TROUBLED, WORDED = 0.5, 0.25, 0.12
"""Share of the texts that are in the two largest parts, from which on a theme is called by these where its title only names a thing; where it says that
there is trouble with it, and not what; and that say one of the two in its words: of a name any of that tells more."""

SAYS_ALL, SECOND, OTHER = 0.6, 0.3, 0.5
"""What fewer of the texts say has that part beside it in which so many are, and which is no more like it than that, as their cosine
tells: "Refund my money / Getting charged". Of two such parts none: they tell when, or where."""

STRONG = 2.5
"""How strongly a word praises or blames that calls no part of a theme of the other mood: "great app" of those who say that it was one.
"Top" (up) and "accept" are weaker."""

SMALL = frozenset({Kind.QUESTION, Kind.WEAK, Kind.PARTICLE, Kind.ATTRIBUTE, Kind.ADJECTIVE, Kind.TIME})
"""Words that mean little by themselves, and without which a name says something else: "get a new card"."""

WORDS = 12
"""How long "Add to my playlist / Play some music" can be to be read at a glance."""


@dataclass(frozen=True)
class Parts:
    said: tuple[Matter, ...]
    called: str = ""
    """What the theme is called in place of a title that few of it say, or that only lists words; "" where its title holds."""


def short(title: str) -> str:
    """A phrase without the one word beside it, which the parts need not have said.

    >>> short("Open an account · age"), short("Fridge · cook"), short("Card")
    ('Open an account', 'Fridge · cook', 'Card')
    """
    name, *beside = title.split(APART)
    return name if len(beside) == 1 and " " in name else title


def _both(one: str, other: str) -> str:
    """Both as one title, "" without the other or where it would be too long."""
    both = f"{one}{BESIDE}{other}"
    return both if other and len(both.split()) <= WORDS else ""


def in_parts(
    corpus: Corpus,
    labels: IntArray,
    titles: Mapping[int, Title],
    *,
    vectors: FloatArray,
    encoder: Encoder,
    moods: Sequence[str] | None = None,
) -> dict[int, Parts]:
    """For labels of `JUDGED` texts or more what is said in their parts, the largest first, each with the texts of the part; if that can
    be told of enough of them. German ones are left out: their texts lie by their nouns."""
    if corpus.is_german:
        return {}
    subjects, found = Subjects(corpus), {}
    for label, members in members_of(labels).items():
        if len(members) < JUDGED or label not in titles or titles[label].mixed:
            continue
        groups = parts(vectors[members])
        if groups.any():
            theme = Parted(corpus, members, groups, Meaning(encoder, vectors[members], groups), moods)
            shown = short(titles[label].title)
            told = theme.told(shown)
            if len(told) > 1 and sum(len(texts) for _, texts in told) >= TOLD * len(members):
                trouble = titles[label].blamed and bool(titles[label].troubled)
                better = theme.better(shown, told, subjects, trouble=trouble)
                said = tuple(
                    Matter(
                        name.said,
                        tuple(members[texts].tolist()),
                        titled=not better and theme.says_again(name, shown),
                    )
                    for name, texts in told
                )
                found[label] = Parts(said, better)
    return found


@dataclass(frozen=True)
class Called:
    said: str
    stems: frozenset[int]
    saying: BoolArray
    """(texts,) whether each text of the theme says it."""


class Parted:
    """The texts of one theme as a corpus of its own, and what its parts are called."""

    def __init__(
        self,
        corpus: Corpus,
        members: IntArray,
        groups: IntArray,
        meaning: Meaning,
        moods: Sequence[str] | None,
    ) -> None:
        places = members.tolist()
        of = [corpus.texts[i] for i in places], [corpus.languages[i] for i in places]
        self._corpus = Corpus(*of, count_words(*of), corpus.addressed)
        self._members, self._groups = members, groups
        self._listing = Listing(self._corpus)
        own = None if moods is None else [moods[i] for i in places]
        self._finder = Finder(self._corpus, own, meaning, self._listing)
        self._claims, self._meaning = Claims(self._corpus, meaning), meaning
        self._weights = weigh(self._corpus.words, groups)
        self._backing = self._finder.backed(np.arange(len(groups)))[1]
        self._against = opposite(own, np.arange(len(groups)))

    def told(self, title: str) -> list[tuple[Called, IntArray]]:
        """What the largest parts are called, and their texts by place in the theme; parts that say the same in other words are one, and so is what
        only says more of the same: "Mpg of my car" and "Highway mpg of this car"."""
        names = {label: self._called(label) for label in range(int(self._groups.max()) + 1)}
        into: dict[int, list[int]] = {}
        for label, name in names.items():
            if name is not None:
                first = next((other for other in into if self._say_one(name, names[other], title)), label)
                into.setdefault(first, []).append(label)
        told = [
            (
                min((name for one in of if (name := names[one])), key=lambda name: len(name.stems)),
                np.flatnonzero(np.isin(self._groups, of)),
            )
            for of in into.values()
        ]
        return sorted(told, key=lambda one: -len(one[1]))[:MOST]

    def better(
        self,
        title: str,
        told: Sequence[tuple[Called, IntArray]],
        subjects: Subjects,
        *,
        trouble: bool = False,
    ) -> str:
        """By its two largest parts, if enough of the texts say one of them, and too few what the title names, or it only names a thing of
        which half say one of the two; by its title and the one large part that says something else, if not all say the title. ""
        where the title holds."""
        name, *beside = title.split(APART)
        listed = bool(beside) and " " not in name
        (first, some), (second, others) = told[:2]
        share, size = self._share(name), len(self._groups)
        holds = share >= NAMED_BY or self._judges(name) or self._are_like(name, first.said)
        names = trouble or subjects.names_only(title)
        told_most = names and len(some) + len(others) >= (TROUBLED if trouble else HALF) * size
        tell = not any(map(subjects.names_only, (first.said, second.said)))
        shared = not names and len(some) + len(others) >= SAYS_ALL * size and self._is_shared(name, told)
        if listed or not holds or (told_most and tell) or shared:
            least = WORDED if names and not listed else NAMED_BY
            said = (first.saying | second.saying).mean() >= least
            if shared and holds and not tell:
                return _both(f"{name}: {within(first.said)}", within(second.said)) if said else ""
            return _both(first.said, second.said) if said else ""
        if names or share >= SAYS_ALL or self._judges(name):
            return ""
        large = (one for one, texts in told if len(texts) >= SECOND * size)
        untold = [one for one in large if not self.says_again(one, name)]
        fits = len(untold) == 1 and self._adds_to(name, untold[0], subjects)
        return _both(name, untold[0].said) if fits else ""

    def _is_shared(self, title: str, told: Sequence[tuple[Called, IntArray]]) -> bool:
        """Whether it only says what the parts have in common: none of them is just that, and the two largest are near: "Exchange my currency" of those
        who ask for its fee, and for a discount."""
        likes = self._meaning.likeness(title, [name.said for name, _ in told[:2]])
        near = likes[0] < MEANT and max(likes) >= OTHER
        says = says_not(title) or bool((strengths(title.lower().split()) <= FAILS).any())
        return near and not says and not any(self.says_again(name, title) for name, _ in told)

    def _adds_to(self, title: str, name: Called, subjects: Subjects) -> bool:
        """Whether it says something else than the title, mostly in other words, and not only of what: "Transfer between accounts" is no half of
        "Money between accounts"."""
        shared = len(name.stems & self._stems_of(title))
        like = self._meaning.likeness(title, [name.said])[0]
        return not subjects.names_only(name.said) and like < OTHER and 2 * shared < len(name.stems)

    def _are_like(self, name: str, other: str) -> bool:
        return self._meaning.likeness(name, [other])[0] >= MEANT

    def _judges(self, title: str) -> bool:
        """Who finds a thing bad says so in many words."""
        return bool((np.abs(strengths(title.lower().split())) >= FELT).any())

    def _share(self, title: str) -> float:
        """Of the texts, who say each word of the title."""
        names, said = self._corpus.words.names, np.ones(self._backing.size, np.bool_)
        for word in {stem_of(word, "en") for word, _, _ in tokens(title)}:
            own = [stem for stem in self._backing.repeated if stem_of(names[stem], "en") == word]
            senses = {other for stem in own for other in self._claims.senses(stem, self._backing)}
            said &= self._backing.any_of(sorted(senses)) if own else True
        return float(said.mean())

    def says_again(self, name: Called, title: str) -> bool:
        """Whether the title says it, in these words or others of the same sense."""
        within = self._adds_nothing(name, title, self._stems_of(title))
        return within or says_again(name.said, title, self._meaning)

    def _stems_of(self, title: str) -> set[int]:
        roots, names = {stem_of(word, "en") for word, _, _ in tokens(title)}, self._corpus.words.names
        return {stem for stem in self._backing.repeated if stem_of(names[stem], "en") in roots}

    def _say_one(self, name: Called, other: Called | None, title: str) -> bool:
        """Whether each says what the other says; or one says it and more, and the title does not say the one."""
        if other is None:
            return False
        if name.said.endswith("?") != other.said.endswith("?"):
            return False
        each = self._covers(name.stems, other.stems) and self._covers(other.stems, name.stems)
        return (each or are_one(name.said, other.said, self._meaning)) or any(
            self._adds_nothing(one, two.said, two.stems) and not self.says_again(one, title)
            for one, two in ((name, other), (other, name))
        )

    def _adds_nothing(self, name: Called, said: str, stems: Collection[int]) -> bool:
        """Whether all of its words are in what is said, those too that mean little by themselves: "get", "new", "where"."""
        kinds_of, known = kinds("en"), {word for word, _, _ in tokens(said)}
        small = {word for word, _, _ in tokens(name.said) if kinds_of.get(word, Kind.OPEN) in SMALL}
        return says_not(name.said) == says_not(said) and small <= known and self._covers(name.stems, stems)

    def _covers(self, stems: Collection[int], others: Collection[int]) -> bool:
        """Whether each of the words has the sense of one of the others."""
        return bool(stems) and all(self._is_among(stem, others) for stem in stems)

    def _is_among(self, stem: int, others: Collection[int]) -> bool:
        """Whether one of the words has the same sense, and is no contrary that is told alike: "faster" and "slower"."""
        names = self._corpus.words.names
        others = [other for other in others if not are_contrary(names[stem], names[other])]
        return self._claims.repeats([stem], sorted(others))

    def _called(self, label: int) -> Called | None:
        """None if nothing is said in that part more than in the others."""
        members, backing = self._finder.backed(np.flatnonzero(self._groups == label))
        here = np.asarray(self._groups[self._backing.places] == label)
        for text, phrase, _ in self._finder.candidates(members, backing, self._weights[label]):
            stems = frozenset(self._finder.worth.stems(text, phrase))
            if self._reads(text, phrase, stems, backing) and self._is_said(text, phrase, here):
                other, put = self._listing.usual.wording(text, phrase, backing)
                cut = _is_cut(self._corpus.texts[other], put, clause=False)
                said = self._listing.written(*((text, phrase) if cut else (other, put)))
                return Called(said, stems, self._claims.worded(text, phrase, self._backing))
        return None

    def _reads(self, text: int, phrase: Phrase, stems: frozenset[int], backing: Backing) -> bool:
        """Whether it is one thought that reads alone, with what was not done ("a debit I didn't set up"), and not what half of those who
        speak of it deny."""
        read, places = self._corpus.texts[text], range(phrase.start, phrase.end)
        denied = any(denies(read, place) for place in places)
        if not denied and (backing.turned(tuple(stems)) >= DENIED or self._is_of_another_mood(stems)):
            return False
        clause = not CLAUSES.isdisjoint(read.kind[phrase.start + 1 : phrase.end])
        if (clause and not (phrase.asks or denied)) or _is_cut(read, phrase, clause=clause):
            return False
        return reads_alone(read, phrase, self._listing.nouns, self._finder.worth.all_stems(text))

    def _is_of_another_mood(self, stems: Collection[int]) -> bool:
        """Whether it praises where most blame, or blames where most praise."""
        felt = strengths([self._corpus.words.names[stem] for stem in stems])
        side = {"positive": felt.max(initial=0), "negative": -felt.min(initial=0)}
        return bool(side.get(self._against, 0) >= STRONG)

    def _is_said(self, text: int, phrase: Phrase, here: BoolArray) -> bool:
        if not SHORTEST <= phrase.end - phrase.start <= LONGEST or here.all() or not here.any():
            return False
        said = self._claims.worded(text, phrase, self._backing)
        share, rest = float(said[here].mean()), float(said[~here].mean())
        return share >= SAID and rest <= ELSEWHERE * share


def _is_cut(text: Text, phrase: Phrase, *, clause: bool) -> bool:
    """Whether its other half stands outside: "a debit in the | app that I don't recognize", if it has a `clause`; "between Visa | and", "has a
    hold on | my account"."""
    kind, last = text.kind, phrase.end - 1
    if kind[last] is Kind.PREPOSITION and Kind.DETERMINER in kind[max(last - 2, phrase.start) : last]:
        return True
    if "between" in text.lower[phrase.start : phrase.end]:
        return phrase.end < len(text.kind) and text.kind[phrase.end] is Kind.CONJUNCTION
    before = phrase.start - 1
    while before >= 0 and text.kind[before] is Kind.DETERMINER:
        before -= 1
    inside = text.kind[phrase.start] is Kind.OPEN and before >= 0 and text.kind[before] is Kind.PREPOSITION
    return clause and not phrase.asks and inside
