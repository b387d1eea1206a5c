"""Name all themes. Two that are near and would get the same name are merged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import Corpus, read_texts
from textanalytics.grouping.micros import unit
from textanalytics.naming.agreeing import Agreeing, of_one_mind
from textanalytics.naming.candidates import doubted
from textanalytics.naming.listing import NO_WORDS
from textanalytics.naming.matters import Matter, matters
from textanalytics.naming.parts import Parts, in_parts, short
from textanalytics.naming.related import related
from textanalytics.naming.shared import said_by_all
from textanalytics.naming.strays import without_strays
from textanalytics.naming.subjects import names_only
from textanalytics.naming.titles import Title, name_all
from textanalytics.naming.titling import BLAMED
from textanalytics.naming.twins import AGREE, CLOSE, mixed, twins
from textanalytics.reading.readings import Readings
from textanalytics.settling.moods import signs
from textanalytics.settling.settle import settle

SURE, BLAMED_SURELY = 0.6, 0.4
"""How sure a mood has to be, and share of a theme's messages that have to blame so surely, for it to be called trouble."""

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
) -> tuple[IntArray, dict[int, Title], dict[int, tuple[Matter, ...]]]:
    """(labels, title of each, what is said of those that are called by a thing): a theme whose best title a larger one of the
    same sense has joins that one.

    `names` of who is spoken to are no matter: see `grammar.addressed`.
    """
    corpus = read_texts(cleaned, labels, readings.language, names)
    moods = signs(readings.mood)
    labels = settle(labels, vectors, corpus, moods, default())
    heard = np.where(labels[:, None] >= 0, vectors, np.float32(0))
    titles = name_all(corpus, labels, moods=readings.mood, vectors=heard, encoder=default())
    themed = np.flatnonzero(labels >= 0)
    if not len(themed):
        return labels, titles, {}
    count = np.maximum(np.bincount(labels[themed]), 1)
    sums = np.zeros((len(count), vectors.shape[1]), np.float32)
    np.add.at(sums, labels[themed], vectors[themed])
    means = np.asarray(unit(sums / count[:, None] - vectors[themed].mean(0)), np.float32)
    felt = np.stack([np.bincount(labels[themed], moods[themed] == mood) / count for mood in (-1, 1)])
    into = np.arange(len(count))
    same = [
        (label, title.twin)
        for label, title in sorted(titles.items())
        if title.twin >= 0
        and (means[label] @ means[title.twin] >= CLOSE or (title.mixed and titles[title.twin].mixed))
    ]
    order = sorted(titles, key=lambda label: (-count[label], label))
    said = {label: title.title for label, title in titles.items()}
    for label, twin in [*twins(said, order, means, corpus, default()), *same]:
        if titles[twin].mixed and not titles[label].mixed:
            continue
        loose = titles[label].mixed and titles[twin].mixed
        if loose or np.abs(felt[:, label] - felt[:, twin]).max() <= AGREE:
            into[label] = twin
    while (into[into] != into).any():
        into = into[into]
    joined = labels.copy()
    joined[themed] = into[labels[themed]]
    titles = {
        label: replace(title, mixed=title.mixed or (not title.keywords and count[label] > 1))
        for label, title in titles.items()
        if into[label] == label
    }
    titles = doubted(titles, corpus, joined, vectors=vectors, encoder=default())
    joined, titles = _mixed_as_one(corpus, joined, titles, heard, readings)
    agreeing = Agreeing(corpus, joined, vectors, readings.language, moods)
    agreed, titles = of_one_mind(joined, titles, agreeing, german=corpus.is_german)
    apart = agreed
    if not corpus.is_german:  # Untaught, moods of German are misread too often.
        apart = _without_strays(corpus, agreed, titles, heard, readings)
    strayed = frozenset(np.setdiff1d(apart, agreed).tolist())
    joined, titles = _named_anew(corpus, apart, titles, heard, readings, strayed)
    if not corpus.is_german:
        joined, titles = without_matter(joined, titles, moods)
    titles = said_by_all(
        titles, cleaned, corpus, joined, agreeing, vectors=heard, encoder=default(), moods=readings.mood
    )
    parted, told = _what_is_said(corpus, joined, titles, vectors, None if corpus.is_german else readings.mood)
    told |= {label: parts.said for label, parts in parted.items()}
    titles = felt_in(_told_of(titles, told), joined, moods, readings.confidence["mood"])
    titles = called(titles, parted)
    if not corpus.is_german:  # There a noun says it all: "Verspätung".
        titles = {label: replace(title, subject=names_only(title.title)) for label, title in titles.items()}
    return joined, _with_others(titles, joined, vectors, corpus), told


def _mixed_as_one(
    corpus: Corpus, labels: IntArray, titles: dict[int, Title], vectors: FloatArray, readings: Readings
) -> tuple[IntArray, dict[int, Title]]:
    """Themes that mix, and one of whose titles says what the other says, as one; named again where the larger's title says more."""
    said = {label: title.title for label, title in titles.items() if not (title.mixed or title.unsure)}
    pairs = mixed(said, labels, vectors, corpus, default(), signs(readings.mood))
    if not pairs:
        return labels, titles
    into = np.arange(int(labels.max()) + 1)
    for smaller, larger, _ in pairs:
        into[smaller] = into[larger]
    found = np.where(labels >= 0, into[labels], labels)
    kept = {label: title for label, title in titles.items() if into[label] == label}
    narrow = {int(into[label]) for label, _, fits in pairs if not fits}
    named = name_all(
        corpus,
        found,
        moods=readings.mood,
        vectors=vectors,
        encoder=default(),
        wanted=narrow,
        taken=[title.title for label, title in kept.items() if label not in narrow],
    )
    return found, {**kept, **named}


def _what_is_said(
    corpus: Corpus,
    labels: IntArray,
    titles: Mapping[int, Title],
    vectors: FloatArray,
    moods: Sequence[str] | None,
) -> tuple[dict[int, Parts], dict[int, tuple[Matter, ...]]]:
    """What is said in the parts of themes that fall into some, and of the things by which others are called."""
    encoder = default()
    parted = in_parts(corpus, labels, titles, vectors=vectors, encoder=encoder, moods=moods)
    others = {label: title for label, title in titles.items() if label not in parted}
    return parted, matters(corpus, labels, others, vectors=vectors, encoder=encoder, moods=moods)


def called(titles: Mapping[int, Title], parted: Mapping[int, Parts]) -> dict[int, Title]:
    """Where the parts are told, a phrase needs no word beside it: "Open an account", and not "Open an account · age". A title that
    does not hold for them gives way to theirs."""
    taken = {title.headline.casefold() for title in titles.values()}
    names = {}
    for label, title in titles.items():
        name = short(title.headline)
        alone = label in parted and name.casefold() not in taken
        theirs = parted[label].called if label in parted else ""
        names[label] = replace(title, title=theirs or (name if alone else title.headline))
    return names


def _with_others(
    titles: dict[int, Title], labels: IntArray, vectors: FloatArray, corpus: Corpus
) -> dict[int, Title]:
    """With the theme that stands beside each on its rung, where it has one."""
    said = {label: title.title for label, title in titles.items() if not (title.mixed or title.unsure)}
    beside = related(said, labels, vectors, corpus, default())
    return {label: replace(title, beside=beside.get(label, -1)) for label, title in titles.items()}


def _without_strays(
    corpus: Corpus, labels: IntArray, titles: Mapping[int, Title], vectors: FloatArray, readings: Readings
) -> IntArray:
    return without_strays(
        labels,
        {label: title.title for label, title in titles.items() if not title.mixed},
        corpus,
        vectors,
        moods=signs(readings.mood),
        felt=readings.sentiment,
        encoder=default(),
        troubled=[label for label, title in titles.items() if title.blamed and title.troubled],
    )


def _named_anew(
    corpus: Corpus,
    labels: IntArray,
    titles: dict[int, Title],
    vectors: FloatArray,
    readings: Readings,
    strayed: Collection[int],
) -> tuple[IntArray, dict[int, Title]]:
    """The titles of these labels: who left a theme is named for what it says itself. A thing that several of those share who have
    `strayed` is no matter."""
    left = set(np.unique(labels).tolist()) - {-1}
    kept = {label: title for label, title in titles.items() if label in left}
    if not left - kept.keys():
        return labels, kept
    named = name_all(
        corpus,
        labels,
        moods=readings.mood,
        vectors=vectors,
        encoder=default(),
        wanted=left - kept.keys(),
        taken=[title.title for title in kept.values()],
    )
    several = {label for label in strayed if (labels == label).sum() > 1}
    named = {
        label: replace(title, mixed=title.mixed or (label in several and _only_names(title)))
        for label, title in named.items()
    }
    return labels, {**kept, **doubted(named, corpus, labels, vectors=vectors, encoder=default())}


def _only_names(title: Title) -> bool:
    return title.bare or title.listed or title.several


def _told_of(titles: Mapping[int, Title], told: Mapping[int, tuple[Matter, ...]]) -> dict[int, Title]:
    """Of several matters two have to be told."""
    return {
        label: replace(title, several=title.several and len(told.get(label, ())) > 1)
        for label, title in titles.items()
    }


def felt_in(
    titles: Mapping[int, Title], labels: IntArray, moods: IntArray, sure: FloatArray
) -> dict[int, Title]:
    """Whether most blame is asked of those who are in a theme at the end, and many have to do so surely: where a mood parts two themes,
    all who are misread are in one of them."""
    found = {}
    for label, title in titles.items():
        blaming = moods[labels == label] < 0
        surely = blaming & (sure[labels == label] >= SURE)
        blamed = blaming.mean() >= BLAMED and surely.mean() >= BLAMED_SURELY
        found[label] = replace(title, blamed=bool(blamed))
    return found


def without_matter(
    labels: IntArray, titles: Mapping[int, Title], moods: IntArray
) -> tuple[IntArray, dict[int, Title]]:
    """Mixed themes of nothing but praise as one, those of nothing but complaints, and those that no word marks; `moods` as for `settle`."""
    labels, titles = labels.copy(), dict(titles)
    for mood, (share, name) in ALL_ONE.items():
        felt = {
            label: float((moods[labels == label] == mood).mean() - (moods[labels == label] == -mood).mean())
            for label, title in titles.items()
            if title.mixed
        }
        labels, titles = _one_of(labels, titles, [label for label in felt if felt[label] >= share], name)
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
