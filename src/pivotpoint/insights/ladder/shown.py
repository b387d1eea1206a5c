"""How titles are shown, once it is known what is said of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import Corpus
from textanalytics.naming.belonging.related import related
from textanalytics.naming.choosing.titles import Title
from textanalytics.naming.saying.listing import BESIDE
from textanalytics.naming.saying.titling import BLAMED
from textanalytics.naming.telling.matters import Matter
from textanalytics.naming.telling.parts import Parts, short

SURE, BLAMED_SURELY = 0.6, 0.4
"""How sure a mood has to be, and share of a theme's messages that have to blame so surely, for it to be called trouble."""


def told_of(titles: Mapping[int, Title], told: Mapping[int, tuple[Matter, ...]]) -> dict[int, Title]:
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
    themed = labels >= 0
    own, blaming = labels[themed], moods[themed] < 0
    count = np.maximum(np.bincount(own), 1)
    share = np.bincount(own, blaming) / count
    surely = np.bincount(own, blaming & (sure[themed] >= SURE)) / count
    blamed = (share >= BLAMED) & (surely >= BLAMED_SURELY)
    return {label: replace(title, blamed=bool(blamed[label])) for label, title in titles.items()}


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


def told_once(
    titles: Mapping[int, Title], told: Mapping[int, tuple[Matter, ...]]
) -> dict[int, tuple[Matter, ...]]:
    """What one side of a title of two says is not told again below it."""
    sides = {label: title.title.split(BESIDE) for label, title in titles.items() if BESIDE in title.title}
    return {
        label: tuple(replace(one, titled=one.titled or one.said in sides.get(label, ())) for one in said)
        for label, said in told.items()
    }


def with_others(
    titles: Mapping[int, Title], labels: IntArray, vectors: FloatArray, corpus: Corpus
) -> dict[int, Title]:
    """With the theme that stands beside each on its rung, where it has one."""
    said = {label: title.title for label, title in titles.items() if not (title.mixed or title.unsure)}
    beside = related(said, labels, vectors, corpus, default())
    return {label: replace(title, beside=beside.get(label, -1)) for label, title in titles.items()}
