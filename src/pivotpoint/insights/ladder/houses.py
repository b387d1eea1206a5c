"""Whose the messages of a file are: of the brand, company or branch that a column names, else of whom people speak to."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pivotpoint.insights.ladder.heard import Heard
from pivotpoint.insights.ladder.ladder import House
from textanalytics.base import BoolArray, IntArray
from textanalytics.grammar.addressed import firms

MOSTLY, SOME, ENOUGH, RATHER, BY_CHANCE = 0.5, 0.2, 3, 1.25, 2.0
"""Of one house in a theme: the share that is most of it, and that is worth telling; how many people; how many times its share of the
file; and how many standard deviations more than its share explains."""

MANY, FIRST = 0.2, 3
"""A file is one of many houses where none has more of it; how many of them are told of a theme."""


def is_more(counts: IntArray, usual: npt.NDArray[np.floating], everybody: int) -> BoolArray:
    """(houses,) whether so many of the `everybody` of a theme speak to each that its `usual` share of the file (0 to 1) does not explain it."""
    expected = usual * everybody
    by_chance = BY_CHANCE * np.sqrt(expected * (1 - usual))
    return np.asarray(
        (counts >= ENOUGH) & (counts >= RATHER * expected) & (counts - expected >= by_chance), np.bool_
    )


class Houses:
    """The houses of all messages; `people` has a number for the person behind each."""

    def __init__(self, heard: Heard, people: IntArray) -> None:
        self.by = heard.by if len(heard.names) > 1 else ""
        of = heard.houses if self.by else firms(heard.texts)
        self._names = sorted(set(of) - {""})
        places = {name: place for place, name in enumerate(self._names)}
        self._of = np.array([places.get(name, -1) for name in of], np.int64)
        self._people = people
        there, counts = self._of_people(np.arange(len(of)))
        self._counts = np.zeros(len(self._names), np.int64)
        self._counts[there] = counts
        self._usual = np.asarray(self._counts / max(len(np.unique(people)), 1), np.float64)

    def sizes(self) -> list[House]:
        """Each house with its people and messages, the most messages first; none where there are no two."""
        messages = np.bincount(self._of[self._of >= 0], minlength=len(self._names))
        found = zip(self._names, self._counts.tolist(), messages.tolist(), strict=True)
        return sorted((House(*one) for one in found), key=lambda one: (-one.messages, one.name))

    def stands_out(self, group: IntArray) -> tuple[str, int, float, float]:
        """The house that more of these messages' people speak to than its size explains, how many, their share, and how many times the
        usual share that is; `("", 0, 0, 0)` where there is none, or the group is too small to tell."""
        there, counts = self._of_people(group)
        everybody, usual = len(np.unique(self._people[group])), self._usual[there]
        least = everybody * (MOSTLY if self._is_of_many() else SOME)
        told = (counts >= least) & is_more(counts, usual, everybody)
        if not told.any():
            return "", 0, 0.0, 0.0
        best = int(np.argmax(np.where(told, counts, 0)))
        share = float(counts[best] / everybody)
        times = share / float(usual[best])
        return self._names[there[best]], int(counts[best]), round(share, 3), round(times, 2)

    def owner(self, group: IntArray) -> str:
        """The house that most of a group's people speak to, more than its size explains; "" where it is nobody's."""
        name, _, share, _ = self.stands_out(group)
        return name if share >= MOSTLY else ""

    def messages_of(self, name: str) -> IntArray:
        """The messages of a house; all, for ""."""
        return np.flatnonzero(self._of == self._names.index(name)) if name else np.arange(len(self._of))

    def counted(self, group: IntArray) -> tuple[tuple[str, int], ...]:
        """Every house that somebody of the group speaks to, and how many do, the most first."""
        there, counts = self._of_people(group)
        order = np.argsort(-counts, kind="stable")
        return tuple(
            (self._names[place], people)
            for place, people in zip(there[order].tolist(), counts[order].tolist(), strict=True)
        )

    def first(self, group: IntArray) -> tuple[tuple[str, int], ...]:
        """In a file of many houses those that most people of the group speak to; none where these are a small part of it."""
        if not self._is_of_many():
            return ()
        there, counts = self._of_people(group)
        order = np.argsort(-counts, kind="stable")[:FIRST].tolist()
        said = tuple(
            (self._names[there[place]], int(counts[place])) for place in order if counts[place] >= ENOUGH
        )
        return said if sum(count for _, count in said) >= SOME * len(np.unique(self._people[group])) else ()

    def _is_of_many(self) -> bool:
        return float(self._usual.max(initial=0.0)) <= MANY

    def _of_people(self, group: IntArray) -> tuple[IntArray, IntArray]:
        """The houses that somebody of the group speaks to, and how many different people of it do."""
        own = group[self._of[group] >= 0]
        pairs = np.unique(self._of[own] * (len(self._people) + 1) + self._people[own])
        there, counts = np.unique(pairs // (len(self._people) + 1), return_counts=True)
        return there, counts
