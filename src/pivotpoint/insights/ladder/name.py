"""Name all themes. Two that are near and would get the same name are merged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from pivotpoint.insights.ladder.glean import glean, said_still
from pivotpoint.insights.ladder.shown import called, felt_in, told_of, told_once, with_others
from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import Corpus, read_texts
from textanalytics.grouping.micros import unit
from textanalytics.naming.belonging.agreeing import Agreeing, of_one_mind
from textanalytics.naming.belonging.akin import akin
from textanalytics.naming.belonging.failing import one_failing
from textanalytics.naming.belonging.small import small_twins
from textanalytics.naming.belonging.strays import without_strays
from textanalytics.naming.belonging.twins import AGREE, CLOSE, mixed, twins
from textanalytics.naming.belonging.verdicts import one_verdict
from textanalytics.naming.choosing.candidates import doubted
from textanalytics.naming.choosing.shared import said_by_all
from textanalytics.naming.choosing.titles import Title, name_all
from textanalytics.naming.saying.listing import NO_WORDS
from textanalytics.naming.telling.matters import Matter, matters
from textanalytics.naming.telling.parts import Parts, in_parts
from textanalytics.naming.telling.subjects import as_subjects
from textanalytics.reading.readings import Readings
from textanalytics.settling.moods import signs
from textanalytics.settling.settle import settle

ALL_ONE = {1: (0.5, "Praise without a matter"), -1: (0.75, "Complaints of all kinds")}
"""What mixed themes in one mood are called, and by how much more of their messages are in that mood than in the other: who is
pleased with nothing in particular uses few words, and a wrong word for what all sorts complain of is worse than none."""


def name(
    cleaned: list[str],
    vectors: FloatArray,
    labels: IntArray,
    readings: Readings,
    *,
    names: frozenset[str] = frozenset(),
    people: IntArray | None = None,
) -> tuple[IntArray, dict[int, Title], dict[int, tuple[Matter, ...]]]:
    """(labels, title of each, what is said of those that are called by a thing): a theme whose best title a larger one of the
    same sense has joins that one.

    `names` of who is spoken to are no matter: see `grammar.addressed`. `people` (n,): who wrote each; None for somebody else each time.
    """
    corpus = read_texts(cleaned, labels, readings.language, names)
    themes = Themes(corpus, vectors, labels, readings)
    if themes.are_none:
        return themes.labels, themes.titles, {}
    themes.join_twins()
    themes.join_mixed()
    themes.part_who_disagree(cleaned)
    themes.join_alike()
    parted, told = themes.what_is_said()
    people = np.arange(len(cleaned)) if people is None else people
    labels, titles = glean(
        cleaned, corpus, themes.labels, themes.titles, vectors, readings=readings, people=people
    )
    titles = felt_in(titles, labels, themes.moods, readings.confidence["mood"])
    labels, titles = as_one(labels, titles, one_verdict(sure(titles), labels, vectors, corpus, default()))
    told = said_still(told, themes.labels, labels, titles)
    titles = felt_in(told_of(titles, told), labels, themes.moods, readings.confidence["mood"])
    titles = as_subjects(called(titles, parted), labels, corpus)
    return labels, with_others(titles, labels, vectors, corpus), told_once(titles, told)


class Themes:
    """Settled themes with their titles, from step to step."""

    def __init__(self, corpus: Corpus, vectors: FloatArray, labels: IntArray, readings: Readings) -> None:
        self._corpus, self._vectors, self._readings, self._encoder = corpus, vectors, readings, default()
        self.moods = signs(readings.mood)
        self.labels = settle(labels, vectors, corpus, self.moods, self._encoder)
        self._heard = np.where(self.labels[:, None] >= 0, vectors, np.float32(0))
        self.titles = self._named()
        self.are_none = not (self.labels >= 0).any()

    def _named(self, wanted: Collection[int] | None = None, taken: Sequence[str] = ()) -> dict[int, Title]:
        return name_all(
            self._corpus,
            self.labels,
            moods=self._readings.mood,
            vectors=self._heard,
            encoder=self._encoder,
            wanted=wanted,
            taken=taken,
        )

    def _doubted(self, titles: dict[int, Title]) -> dict[int, Title]:
        return doubted(titles, self._corpus, self.labels, vectors=self._vectors, encoder=self._encoder)

    def join_twins(self) -> None:
        """Those of one title, whose messages are near and feel the same."""
        themed = np.flatnonzero(self.labels >= 0)
        own, titles = self.labels[themed], self.titles
        count = np.maximum(np.bincount(own), 1)
        sums = np.zeros((len(count), self._vectors.shape[1]), np.float32)
        np.add.at(sums, own, self._vectors[themed])
        means = np.asarray(unit(sums / count[:, None] - self._vectors[themed].mean(0)), np.float32)
        felt = np.stack([np.bincount(own, self.moods[themed] == mood) / count for mood in (-1, 1)])
        into = np.arange(len(count))
        for label, twin in self._twins(count, means):
            if titles[twin].mixed and not titles[label].mixed:
                continue
            loose = titles[label].mixed and titles[twin].mixed
            if loose or np.abs(felt[:, label] - felt[:, twin]).max() <= AGREE:
                into[label] = twin
        while (into[into] != into).any():
            into = into[into]
        self.labels = np.where(self.labels >= 0, into[self.labels], self.labels)
        self.titles = self._doubted(
            {
                label: replace(title, mixed=title.mixed or (not title.keywords and count[label] > 1))
                for label, title in titles.items()
                if into[label] == label
            }
        )

    def _twins(self, count: IntArray, means: FloatArray) -> list[tuple[int, int]]:
        """(smaller, larger) labels that may be one."""
        titles = self.titles
        order = sorted(titles, key=lambda label: (-count[label], label))
        said = {label: title.title for label, title in titles.items()}
        named = [(label, title.twin) for label, title in sorted(titles.items()) if title.twin >= 0]
        return twins(said, order, means, self._corpus, self._encoder) + [
            (label, twin)
            for label, twin in named
            if means[label] @ means[twin] >= CLOSE or (titles[label].mixed and titles[twin].mixed)
        ]

    def join_mixed(self) -> None:
        """Themes that mix, and one of whose titles says what the other says, as one; named again where the larger's title says more."""
        said = {label: title.title for label, title in sure(self.titles).items()}
        pairs = mixed(said, self.labels, self._heard, self._corpus, self._encoder, self.moods)
        if not pairs:
            return
        into = self._join((smaller, larger) for smaller, larger, _ in pairs)
        kept = self.titles
        narrow = {int(into[label]) for label, _, fits in pairs if not fits}
        taken = [title.title for label, title in kept.items() if label not in narrow]
        self.titles = {**kept, **self._named(narrow, taken)}

    def join_alike(self) -> None:
        """Those of a few messages with the larger that say the same, those of two things of which the same is said, those of one failing, and those
        that judge one thing alike."""
        said = {label: title.title for label, title in self.titles.items() if not title.mixed}
        asked = self.labels, self._heard, self._corpus, self._encoder, self.moods
        self._join([*small_twins(said, *asked), *akin(sure(self.titles), *asked)])
        said = {label: title.title for label, title in sure(self.titles).items()}
        self._join(one_failing(said, self.labels, self._corpus, self._encoder))
        felt = felt_in(self.titles, self.labels, self.moods, self._readings.confidence["mood"])
        alike = one_verdict(sure(felt), self.labels, self._heard, self._corpus, self._encoder)
        self.labels, self.titles = as_one(self.labels, self.titles, alike)

    def _join(self, pairs: Iterable[tuple[int, int]]) -> IntArray:
        """(labels,) where each is now."""
        self.labels, self.titles, into = joined(self.labels, self.titles, pairs)
        return into

    def part_who_disagree(self, cleaned: Sequence[str]) -> None:
        """Who says nothing of a title leaves, and of a few all who do not say the same."""
        german = self._corpus.is_german
        agreeing = Agreeing(self._corpus, self.labels, self._vectors, self._readings.language, self.moods)
        agreed, self.titles = of_one_mind(self.labels, self.titles, agreeing, german=german)
        # Untaught, moods of German are misread too often.
        self.labels = agreed if german else self._without_strays(agreed)
        self._name_anew(frozenset(np.setdiff1d(self.labels, agreed).tolist()))
        if not german:
            self.labels, self.titles = without_matter(self.labels, self.titles, self.moods)
        self.titles = said_by_all(
            self.titles,
            cleaned,
            self._corpus,
            self.labels,
            agreeing,
            vectors=self._heard,
            encoder=self._encoder,
            moods=self._readings.mood,
        )

    def _without_strays(self, labels: IntArray) -> IntArray:
        return without_strays(
            labels,
            {label: title.title for label, title in self.titles.items() if not title.mixed},
            self._corpus,
            self._heard,
            moods=self.moods,
            felt=self._readings.sentiment,
            encoder=self._encoder,
            troubled=[label for label, title in self.titles.items() if title.blamed and title.troubled],
        )

    def _name_anew(self, strayed: Collection[int]) -> None:
        """Who left a theme is named for what it says itself. A thing that several of those share who have `strayed` is no matter."""
        left = set(np.unique(self.labels).tolist()) - {-1}
        self.titles = {label: title for label, title in self.titles.items() if label in left}
        new = left - self.titles.keys()
        if not new:
            return
        named = self._named(new, [title.title for title in self.titles.values()])
        count = np.bincount(self.labels[self.labels >= 0])
        several = {label for label in strayed if count[label] > 1}
        named = {
            label: replace(title, mixed=title.mixed or (label in several and _only_names(title)))
            for label, title in named.items()
        }
        self.titles = {**self.titles, **self._doubted(named)}

    def what_is_said(self) -> tuple[dict[int, Parts], dict[int, tuple[Matter, ...]]]:
        """The parts of themes that fall into some; and what is said in these, and of the things by which others are called."""
        moods = None if self._corpus.is_german else self._readings.mood
        parted = in_parts(
            self._corpus, self.labels, self.titles, vectors=self._vectors, encoder=self._encoder, moods=moods
        )
        others = {label: title for label, title in self.titles.items() if label not in parted}
        told = matters(
            self._corpus, self.labels, others, vectors=self._vectors, encoder=self._encoder, moods=moods
        )
        return parted, told | {label: parts.said for label, parts in parted.items()}


def sure(titles: Mapping[int, Title]) -> dict[int, Title]:
    return {label: title for label, title in titles.items() if not (title.mixed or title.unsure)}


def joined(
    labels: IntArray, titles: Mapping[int, Title], pairs: Iterable[tuple[int, int]]
) -> tuple[IntArray, dict[int, Title], IntArray]:
    """Labels and titles after the first of each pair is under the second one's title; and (labels,) where each is now."""
    into = np.arange(int(labels.max(initial=-1)) + 1)
    for label, kept in pairs:
        into[label] = kept
    while (into[into] != into).any():
        into = into[into]
    left = {label: title for label, title in titles.items() if into[label] == label}
    return np.where(labels >= 0, into[labels], labels), left, into


def as_one(
    labels: IntArray, titles: Mapping[int, Title], alike: Mapping[int, Sequence[int]]
) -> tuple[IntArray, dict[int, Title]]:
    """The same after each of `alike` and those with it are one under its title, with the label of the largest, of which most is told."""
    titles, count = dict(titles), np.bincount(labels[labels >= 0], minlength=1)
    pairs: list[tuple[int, int]] = []
    for first, others in alike.items():
        largest = max((first, *others), key=lambda label: (count[label], -label))
        titles[largest] = titles[first]
        pairs += [(label, largest) for label in (first, *others)]
    return joined(labels, titles, pairs)[:2]


def _only_names(title: Title) -> bool:
    return title.bare or title.listed or title.several


def without_matter(
    labels: IntArray, titles: Mapping[int, Title], moods: IntArray
) -> tuple[IntArray, dict[int, Title]]:
    """Mixed themes of nothing but praise as one, those of nothing but complaints, and those that no word marks; `moods` as for `settle`."""
    labels, titles = labels.copy(), dict(titles)
    for mood, (share, name) in ALL_ONE.items():
        themed = labels >= 0
        felt = mood * np.bincount(labels[themed], moods[themed]) / np.maximum(np.bincount(labels[themed]), 1)
        labels, titles = _one_of(
            labels,
            titles,
            [label for label, title in titles.items() if title.mixed and felt[label] >= share],
            name,
        )
    wordless = [label for label, title in titles.items() if title.mixed and title.title.startswith(NO_WORDS)]
    return _one_of(labels, titles, wordless, NO_WORDS)


def _one_of(
    labels: IntArray, titles: dict[int, Title], alike: Sequence[int], name: str
) -> tuple[IntArray, dict[int, Title]]:
    if not alike:
        return labels, titles
    first, *others = sorted(alike)
    kept = {label: title for label, title in titles.items() if label not in others}
    kept[first] = replace(kept[first], title=name)
    return np.where(np.isin(labels, others), first, labels), kept
