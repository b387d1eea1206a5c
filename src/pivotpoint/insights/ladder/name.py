"""Name all themes. Two that are near and would get the same name are merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import Corpus, read_texts
from textanalytics.grouping.micros import unit
from textanalytics.naming.candidates import doubted
from textanalytics.naming.listing import APART
from textanalytics.naming.matters import Matter, matters
from textanalytics.naming.parts import Parts, in_parts
from textanalytics.naming.strays import without_strays
from textanalytics.naming.titles import Title, name_all
from textanalytics.naming.titling import BLAMED
from textanalytics.naming.twins import AGREE, CLOSE, twins
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
        if title.twin >= 0 and means[label] @ means[title.twin] >= CLOSE
    ]
    order = sorted(titles, key=lambda label: (-count[label], label))
    said = {label: title.title for label, title in titles.items()}
    for label, twin in [*twins(said, order, means, corpus, default()), *same]:
        if titles[twin].mixed and not titles[label].mixed:
            continue
        if np.abs(felt[:, label] - felt[:, twin]).max() <= AGREE:
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
    if not corpus.is_german:  # Untaught, moods of German are misread too often.
        joined, titles = _without_strays(corpus, joined, titles, heard, readings)
        joined, titles = without_matter(joined, titles, moods)
    parted, told = _what_is_said(corpus, joined, titles, vectors, None if corpus.is_german else readings.mood)
    told |= {label: parts.said for label, parts in parted.items()}
    return joined, called(felt_in(_told_of(titles, told), joined, moods), parted), told


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
        name, *beside = title.headline.split(APART)
        alone = label in parted and len(beside) == 1 and " " in name and name.casefold() not in taken
        theirs = parted[label].called if label in parted else ""
        names[label] = replace(title, title=theirs or (name if alone else title.headline))
    return names


def _without_strays(
    corpus: Corpus, labels: IntArray, titles: dict[int, Title], vectors: FloatArray, readings: Readings
) -> tuple[IntArray, dict[int, Title]]:
    """Who says nothing of the title leaves, and is named for what it says itself; a thing that these share is no matter."""
    said = {label: title.title for label, title in titles.items() if not title.mixed}
    found = without_strays(
        labels,
        said,
        corpus,
        vectors,
        moods=signs(readings.mood),
        felt=readings.sentiment,
        encoder=default(),
        troubled=[label for label, title in titles.items() if title.troubled],
    )
    new = set(np.unique(found).tolist()) - titles.keys() - {-1}
    if not new:
        return found, titles
    named = name_all(
        corpus,
        found,
        moods=readings.mood,
        vectors=vectors,
        encoder=default(),
        wanted=new,
        taken=[title.title for title in titles.values()],
    )
    many = np.bincount(found[found >= 0]) > 1
    named = {
        label: replace(title, mixed=title.mixed or bool(many[label] and _only_names(title)))
        for label, title in named.items()
    }
    return found, {**titles, **doubted(named, corpus, found, vectors=vectors, encoder=default())}


def _only_names(title: Title) -> bool:
    return title.bare or title.listed or title.several


def _told_of(titles: Mapping[int, Title], told: Mapping[int, tuple[Matter, ...]]) -> dict[int, Title]:
    """Of several matters two have to be told."""
    return {
        label: replace(title, several=title.several and len(told.get(label, ())) > 1)
        for label, title in titles.items()
    }


def felt_in(titles: Mapping[int, Title], labels: IntArray, moods: IntArray) -> dict[int, Title]:
    """Whether most blame is asked of those who are in a theme at the end."""
    return {
        label: replace(title, blamed=bool((moods[labels == label] < 0).mean() >= BLAMED))
        for label, title in titles.items()
    }


def without_matter(
    labels: IntArray, titles: Mapping[int, Title], moods: IntArray
) -> tuple[IntArray, dict[int, Title]]:
    """Mixed themes of nothing but praise as one, and those of nothing but complaints; `moods` as for `settle`."""
    labels, titles = labels.copy(), dict(titles)
    for mood, (share, name) in ALL_ONE.items():
        felt = {
            label: float((moods[labels == label] == mood).mean() - (moods[labels == label] == -mood).mean())
            for label, title in titles.items()
            if title.mixed
        }
        alike = [label for label in sorted(felt) if felt[label] >= share]
        if not alike:
            continue
        labels[np.isin(labels, alike)] = alike[0]
        titles[alike[0]] = replace(titles[alike[0]], title=name)
        titles = {label: title for label, title in titles.items() if label not in alike[1:]}
    return labels, titles
