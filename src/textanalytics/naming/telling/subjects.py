"""Titles that name what people speak of, and nothing that they say of it: "Email" and "Savings account", not "Email trouble"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from textanalytics.base import IntArray
from textanalytics.grammar.corpus import Corpus, members_of
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import NAMING, Kind, kinds
from textanalytics.naming.saying.empty import BUYING, GENERAL_DE, SMALL, is_idle, is_matter
from textanalytics.naming.saying.listing import APART, BESIDE
from textanalytics.naming.saying.things import OFTEN, codes, stand
from textanalytics.naming.saying.titling import Title
from textanalytics.naming.saying.whole import whole
from textanalytics.naming.telling.german_failings import says_it_all
from textanalytics.sentiment import strengths
from textanalytics.text import tokens

MOSTLY = 2
"""Times as often a word of a name stands as a thing in the texts than as a deed, the first of them once at least: behind it stands the
second of "card payment", wherever it is said."""

SENTENCE = 3
"""Open words from which on a German title is a sentence of somebody's; the sentence of one is not what the others say."""

SEVERAL = 3
"""Messages from which on a title has to say something; one or two have their own words."""


def as_subjects(titles: Mapping[int, Title], labels: IntArray, corpus: Corpus) -> dict[int, Title]:
    """Which only name what is spoken of. A name of several words of which most complain says what is wrong ("Price gouging · sell"), but
    for that of a firm or a product: "MacBook Pro".
    A title of `SEVERAL` that says nothing is unsure: "Doesn't work", "Geld"; so is a German sentence that few of them say."""
    subjects, members = Subjects(corpus), members_of(labels)
    return {
        label: replace(
            title,
            subject=subjects.is_name(title.headline)
            or (
                not (title.blamed and " " in title.title)
                and subjects.is_subject(title.headline, members[label])
            ),
            unsure=title.unsure
            or (
                len(members[label]) >= SEVERAL
                and (
                    subjects.says_nothing(title.headline)
                    or subjects.is_of_few(title.headline, members[label])
                )
            ),
        )
        for label, title in titles.items()
    }


class Subjects:
    """Asks the texts of one corpus whether words are names of things."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus, stood = corpus, stand(corpus)
        self._named: defaultdict[str, int] = defaultdict(int)
        self._done: defaultdict[str, int] = defaultdict(int)
        for name, named, done in zip(corpus.words.names, stood.named, stood.done, strict=True):
            root = stem_of(name, "en")
            self._named[root] += int(named)
            self._done[root] += int(done)
        tags = np.flatnonzero(codes(corpus, stood)).tolist()
        self._tags = frozenset(corpus.words.names[stem] for stem in tags)

    def is_subject(self, title: str, texts: IntArray) -> bool:
        """Whether the title of these texts only names a subject. A German noun may say it all."""
        if self._corpus.is_german:
            return not any(" " in name for name in title.split(APART)) and not says_it_all(
                title, self._corpus, texts
            )
        return self.names_only(title) and not self._is_deed_alone(title.lower())

    def is_name(self, title: str) -> bool:
        """Whether it is a name of several words that are written large wherever they stand in English texts."""
        words = [word for word, _, _ in tokens(title)]
        large = (self._corpus.spelling.word(word, "en")[:1].isupper() for word in words)
        return not self._corpus.is_german and APART not in title and len(words) > 1 and all(large)

    def says_nothing(self, title: str) -> bool:
        """Whether it names neither a thing nor a matter. Of a deed alone it is not told what is done to what: "Went", "Buy"; and what all is about
        is no matter, nor that somebody bought it: "Laptop", "Purchased this laptop"."""
        if self._corpus.is_german:
            return title.lower() in GENERAL_DE
        words = [word for word, _, _ in tokens(title)]
        deed = self._is_deed_alone(title.lower()) and not is_matter(title)
        return (
            deed or self._is_whole(words) or is_idle(title) or (bool(words) and self._tags.issuperset(words))
        )

    def _is_whole(self, words: Sequence[str]) -> bool:
        """Whether it only names what all is about, or says that it, or something, was bought."""
        rest = [word for word in words if SMALL.get(word) is not Kind.DETERMINER]
        things = [word for word in rest if word not in BUYING]
        return bool(rest) and all(stem_of(word, "en") in self._whole for word in things)

    @cached_property
    def _whole(self) -> frozenset[str]:
        return whole(self._corpus)

    def is_of_few(self, title: str, texts: IntArray) -> bool:
        """Whether a German title is a whole sentence, and fewer than half of the texts hold half of its open words."""
        small = kinds("de")
        words = {stem_of(word, "de") for word, _, _ in tokens(title.lower()) if word not in small}
        if not self._corpus.is_german or APART in title or len(words) < SENTENCE:
            return False
        own = (set(map(self._german_stem, self._corpus.texts[text].lower)) for text in texts.tolist())
        return 2 * sum(2 * len(words & held) >= len(words) for held in own) < len(texts)

    @staticmethod
    def _german_stem(word: str) -> str:
        return stem_of(word, "de")

    def names_only(self, title: str) -> bool:
        """Whether each of its parts is a single word, or a name of several: "Fridge · cook", "Gas tank / Amount of gas". Words stand side by
        side where no phrase fits, so there only the first has to be no deed: "Phone number · verification"."""
        return all(self._names(*part.split(APART)) for part in title.split(BESIDE))

    def _names(self, first: str, *beside: str) -> bool:
        words = [word for word, _, _ in tokens(first)]
        if len(words) <= 1:
            return True
        known = kinds("en")
        kind = [known.get(word, Kind.OPEN) for word in words]
        if (
            kind[0] is Kind.PREPOSITION
            or not NAMING.issuperset(kind)
            or _is_done(kind)
            or strengths(words).any()
        ):
            return False
        named = [
            word for word, what in zip(words, kind, strict=True) if what is Kind.OPEN and not word.isdigit()
        ]
        if beside:
            return not any(map(self._is_deed, named[:1]))
        seen = bool(named) and self._named[stem_of(named[0], "en")] > 0
        return seen and all(map(self._is_thing, named))

    def _is_deed(self, word: str) -> bool:
        root = stem_of(word, "en")
        return self._done[root] > self._named[root]

    def _is_deed_alone(self, title: str) -> bool:
        root = stem_of(title, "en")
        return self._done[root] >= max(MOSTLY * self._named[root], OFTEN)

    def _is_thing(self, word: str) -> bool:
        root = stem_of(word, "en")
        return self._named[root] >= MOSTLY * self._done[root]


def _is_done(kind: list[Kind]) -> bool:
    """Whether what stands before an article is done to what stands behind it: "refund my money"."""
    pairs = zip(kind, kind[1:], strict=False)
    return any(what is Kind.OPEN and behind is Kind.DETERMINER for what, behind in pairs)
