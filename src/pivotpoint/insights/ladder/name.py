"""Name all themes. Two that are near and would get the same name are merged."""

from __future__ import annotations

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.grouping.micros import unit
from textanalytics.naming.moods import signs
from textanalytics.naming.settle import settle
from textanalytics.naming.titles import Title, name_all
from textanalytics.naming.twins import twins
from textanalytics.reading.reading import Readings

NEAR = 0.2
"""Cosine of two themes' means, away from the mean of all, from which on one name says that they are one."""

AGREE = 0.3
"""And their negative shares may differ by so much: praise of a thing is not a complaint about it."""


def name(
    cleaned: list[str],
    vectors: FloatArray,
    labels: IntArray,
    readings: Readings,
    *,
    names: frozenset[str] = frozenset(),
) -> tuple[IntArray, dict[int, Title]]:
    """(labels, title of each): a theme whose best title a larger one of the same sense has joins that one.

    `names` of who is spoken to are no matter: see `grammar.addressed`.
    """
    corpus = read_texts(cleaned, labels, readings.language, names)
    moods = signs(readings.mood)
    labels = settle(labels, vectors, corpus, moods)
    titles = name_all(corpus, labels, moods=readings.mood, vectors=vectors, encoder=default())
    themed = np.flatnonzero(labels >= 0)
    if not len(themed):
        return labels, titles
    count = np.maximum(np.bincount(labels[themed]), 1)
    sums = np.zeros((len(count), vectors.shape[1]), np.float32)
    np.add.at(sums, labels[themed], vectors[themed])
    means = np.asarray(unit(sums / count[:, None] - vectors[themed].mean(0)), np.float32)
    negative = np.bincount(labels[themed], moods[themed] < 0) / count
    into = np.arange(len(count))
    same = [(label, title.twin) for label, title in sorted(titles.items()) if title.twin >= 0]
    order = sorted(titles, key=lambda label: (-count[label], label))
    said = {label: title.title for label, title in titles.items()}
    for label, twin in [*twins(said, order, means, corpus, default()), *same]:
        if abs(negative[label] - negative[twin]) <= AGREE and means[label] @ means[twin] >= NEAR:
            into[label] = twin
    while (into[into] != into).any():
        into = into[into]
    joined = labels.copy()
    joined[themed] = into[labels[themed]]
    return joined, {label: title for label, title in titles.items() if into[label] == label}
