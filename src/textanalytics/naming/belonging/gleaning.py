"""What several people say who lie in no theme of their own: a matter gathered by how it is put, and not by what is near.

A partition has a place for everything, so of those who "missed a connection" some lie among the mixed ones and some alone, each beside what
else they write of. Here what they state comes first (`saying.statements`): who states what the title of a theme states goes there, and
others who state one thing become a theme, which is called as most of them put it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.base import Encoder, IntArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.naming.saying.judging import Judgement, Judging
from textanalytics.naming.saying.statements import ALONE, Sort, Statement, Statements
from textanalytics.naming.saying.titling import TROUBLE, Title
from textanalytics.naming.telling.stated import WRITTEN, Stated
from textanalytics.stakes import at_stake

PEOPLE, SHARE = 4, 0.001
"""People who state one thing, and their share of all, from which on it is a theme."""

WANT, WANTED = frozenset(("request", "question", "complaint", "churn threat", "crisis")), 0.6
"""Of who states what is to be done, so many want something."""

BLAMED = 0.5
"""Of who states that something is not so, so many blame."""

STOLEN = "Theft or fraud"


@dataclass(frozen=True)
class Gleaned:
    title: str
    texts: tuple[int, ...]
    home: int = -1
    """The label of the theme that is called so already, -1 for none."""
    words: tuple[str, ...] = ()


def resettled(
    labels: IntArray, titles: Mapping[int, Title], some: Iterable[Gleaned]
) -> tuple[IntArray, dict[int, Title]]:
    """Labels and titles with what was gleaned, each under the theme that is called so or under a label behind the old ones; a label that
    nobody is left of has no title."""
    labels, titles = labels.copy(), dict(titles)
    for one in some:
        label = one.home if one.home >= 0 else max(titles) + 1
        labels[list(one.texts)] = label
        titles.setdefault(label, Title(one.title, one.words))
    left = set(np.unique(labels).tolist())
    return labels, {label: title for label, title in titles.items() if label in left}


class Gleaner:
    """Gathers those of the texts of one corpus that lie in no theme."""

    def __init__(
        self,
        texts: Sequence[str],
        corpus: Corpus,
        lying: IntArray,
        *,
        people: IntArray,
        intents: Sequence[str],
        judging: Judging,
        encoder: Encoder,
    ) -> None:
        """`lying`: those texts; `people` (n,): who wrote each; `intents` as of `Readings`."""
        self._texts, self._lying, self._people = texts, lying.tolist(), people
        self._intents, self._judging, self._spelling = intents, judging, corpus.spelling
        self._statements = Statements(corpus, self._lying, encoder)
        self._stated = Stated(corpus, self._statements, self._count)
        self._least = max(PEOPLE, SHARE * len(np.unique(people)))
        self._taken: set[int] = set()

    def gleaned(self, titles: Mapping[int, str]) -> list[Gleaned]:
        """`titles` of the themes, in the order in which they are asked. Where all words were brought to their first form, what was done
        looks like what is to be done, and no new theme is made of it."""
        homes = {title.casefold(): label for label, title in titles.items()}
        found = [*self._at_home(titles), *self._stolen(homes)]
        if self._spelling.is_inflected:
            found += [*self._new(homes), *self._troubled(homes)]
        return found

    def _at_home(self, titles: Mapping[int, str]) -> list[Gleaned]:
        found = []
        for label, title in titles.items():
            said = self._statements.in_title(title)
            if said is None:
                continue
            alike = [*self._statements.alike(said), *self._statements.without_saying(said)]
            if some := self._stating(said, alike):
                found.append(self._take(title, some, label))
        return found

    def _stolen(self, homes: Mapping[str, int]) -> list[Gleaned]:
        """Who tells of theft or fraud."""
        told = at_stake([self._texts[text] for text in self._lying], "fraud")
        some = [text for text, tells in zip(self._lying, told.tolist(), strict=True) if tells]
        some = [text for text in some if self._judging.moods[text] <= 0 and text not in self._taken]
        return (
            [self._take(STOLEN, some, _home(STOLEN, homes), "theft", "fraud")]
            if self._are_enough(some)
            else []
        )

    def _new(self, homes: Mapping[str, int]) -> list[Gleaned]:
        """What most state first; who states two things is where more do. What one word says gives way to what two say."""
        asked: dict[tuple[Statement, ...], int] = {}
        by, only_blames = self._statements.by, self._statements.only_blames
        several = [
            said for said, texts in sorted(by.items()) if len(texts) >= WRITTEN and not only_blames(said)
        ]
        self._statements.look(several)
        for said in several:
            alike = tuple(self._statements.alike(said))
            if alike not in asked:
                asked[alike] = self._count(self._all(alike))
        most_first = sorted(asked, key=lambda alike: (alike[0].second == ALONE, -asked[alike], alike))
        found: list[Gleaned] = []
        for alike in most_first:
            some = self._stating(alike[0], alike) if asked[alike] >= self._least else []
            title = self._stated.title(alike, some) if self._are_enough(some) else ""
            if title and title.casefold() not in {one.title.casefold() for one in found}:
                words = (self._statements.name(stem) for stem in alike[0][:2] if stem != ALONE)
                found.append(self._take(title, some, _home(title, homes), *words))
        return found

    def _troubled(self, homes: Mapping[str, int]) -> list[Gleaned]:
        """Who states that one thing failed, each in another way."""
        troubles = self._statements.troubles()
        found = []
        for thing in sorted(troubles, key=lambda thing: (-self._count(self._all(troubles[thing])), thing)):
            some = self._stating(troubles[thing][0], troubles[thing])
            some = [text for text in some if self._judging.moods[text] < 0]
            name = self._statements.name(thing)
            title = self._spelling.phrase([name, TROUBLE], "en")
            home = _home(title, homes)
            if self._are_enough(some) or (some and home >= 0):
                found.append(self._take(title, some, home, name))
        return found

    def _take(self, title: str, texts: Sequence[int], home: int, *words: str) -> Gleaned:
        self._taken.update(texts)
        return Gleaned(title, tuple(texts), home, words)

    def _all(self, said: Iterable[Statement]) -> set[int]:
        return set[int]().union(*(self._statements.by.get(one, ()) for one in said))

    def _count(self, texts: Iterable[int]) -> int:
        """The people behind different texts of these."""
        different = {self._texts[text]: text for text in texts}
        return len({int(self._people[text]) for text in different.values()})

    def _are_enough(self, texts: Collection[int]) -> bool:
        return self._count(texts) >= self._least

    def _stating(self, said: Statement, alike: Sequence[Statement]) -> list[int]:
        """Those who are left, make one of these statements and feel as it does, in order."""
        texts, moods = sorted(self._all(alike) - self._taken), self._judging.moods
        sort = self._statements.sort(said)
        if sort is Sort.PRAISED:
            thing = frozenset(self._statements.like(self._statements.thing(said)))
            good = Judgement(1, (thing,), frozenset())
            return [text for text in texts if moods[text] >= 0 and self._judging.says(text, good)]
        if texts and sort is Sort.ASKED and np.mean([self._intents[i] in WANT for i in texts]) < WANTED:
            return []
        if texts and sort is Sort.DENIED and np.mean(moods[texts] < 0) < BLAMED:
            return []
        return [text for text in texts if moods[text] <= 0]


def _home(title: str, homes: Mapping[str, int]) -> int:
    return homes.get(title.casefold(), -1)
