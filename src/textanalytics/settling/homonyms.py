"""One word for two things: "standing order" and "order a steak". Of what is said with it two clear groups are left without the word."""

from __future__ import annotations

from collections.abc import Set

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, members_of
from textanalytics.settling.marks import Meant, names_of, unit_rows, without
from textanalytics.words.blas import one_thread

JUDGED, ASKED = 12, 150
"""Messages of a theme from which on it is asked, and how many of them, evenly spread."""

FEWEST, SMALLER = 5, 0.1
"""Messages of either thing, and their share of the theme."""

APART = 0.3
"""Cosine of the middles of the two groups, away from the mean of all, without the word: of one thing two things are said
by the same people's words, and their middles are nearer."""

CLEAR, SURELY = 0.05, 2.0
"""Silhouette by which the two groups are clearer than those of as many points of one cloud of the same shape, at least, and
in standard deviations of that."""

CLOUDS, STARTS, ROUNDS = 8, 5, 20


def parted(labels: IntArray, corpus: Corpus, meant: Meant, kept: Set[int]) -> IntArray:
    """(n,) labels, the smaller thing of each theme that one word names for two behind the old ones; `kept` stay as they are."""
    found, texts = labels.copy(), members_of(labels)
    unused = int(labels.max(initial=-1)) + 1
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    for label, stem in sorted(names_of(labels, corpus, np.flatnonzero(sizes >= JUDGED)).items()):
        if label in kept:
            continue
        members = texts[label]
        asked = members[:: -(-len(members) // ASKED)]
        middles = two_middles(meant(without(corpus, asked, {stem})))
        if middles is None:
            continue
        rows = meant(without(corpus, members, {stem}))
        second = np.asarray(rows @ middles[1] > rows @ middles[0])
        fewer = min(int(second.sum()), int((~second).sum()))
        if fewer < max(FEWEST, SMALLER * len(members)):
            continue
        found[members[second == (2 * second.sum() <= len(second))]] = unused
        unused += 1
    return found


def two_middles(rows: FloatArray) -> FloatArray | None:
    """(2, d) the middles of two groups of unit rows, if they are two; None if they might be one cloud. It is always the same
    for the same rows.

    The silhouette (Rousseeuw 1987) of two means beside those of a normal cloud with the same covariance, as the gap statistic
    (Tibshirani, Walther and Hastie 2001) has it.
    """
    chance = np.random.default_rng(0)
    with one_thread(scipy=False):  # Of so few rows more of them only wait for one another.
        middles = _two_means(rows, chance)
        if middles is None or float(middles[0] @ middles[1]) > APART:
            return None
        clear = _silhouette(rows, middles)
        if clear < CLEAR:
            return None
        clouds = _like_clouds(rows, chance)
    return middles if clear >= np.mean(clouds) + max(CLEAR, SURELY * float(np.std(clouds))) else None


def _two_means(rows: FloatArray, chance: np.random.Generator) -> FloatArray | None:
    """Spherical: what the rows are nearest to, all in all, of some beginnings; None if they are all one.

    All beginnings move at once: a product for each would take most of the time to be called.
    """
    pairs = np.stack([rows[chance.choice(len(rows), 2, replace=False)] for _ in range(STARTS)])
    before = None
    for _ in range(ROUNDS):
        near = _nearness(rows, pairs)
        second = near[:, :, 1] > near[:, :, 0]
        if before is not None and (second == before).all():
            break
        parts = np.stack([~second, second], 2).astype(np.float32)
        two = (parts.sum(0) > 0).all(1)
        sums = (parts.reshape(len(rows), -1).T @ rows).reshape(pairs.shape)
        pairs[two], before = unit_rows(sums)[two], second
    near = _nearness(rows, pairs)
    second = near.argmax(2).sum(0)
    worth = np.where((second > 0) & (second < len(rows)), near.max(2).sum(0), -np.inf)
    best = int(worth.argmax())
    return pairs[best] if worth[best] > -np.inf else None


def _nearness(rows: FloatArray, pairs: FloatArray) -> FloatArray:
    """(n, pairs, 2) cosine of each row to either of each pair."""
    return (rows @ pairs.reshape(-1, rows.shape[1]).T).reshape(len(rows), len(pairs), 2)


def _silhouette(rows: FloatArray, middles: FloatArray) -> float:
    """Mean, by cosine; who is alone in a group counts 0."""
    group = (rows @ middles.T).argmax(1)
    far = 1 - rows @ rows.T
    np.fill_diagonal(far, 0)
    of = np.stack([group == 0, group == 1], 1).astype(np.float32)
    total, counts = far @ of, of.sum(0)
    each = np.arange(len(rows))
    own = total[each, group] / np.maximum(counts[group] - 1, 1)
    other = total[each, 1 - group] / np.maximum(counts[1 - group], 1)
    return float(((other - own) / np.maximum(np.maximum(own, other), 1e-9) * (counts[group] > 1)).mean())


def _like_clouds(rows: FloatArray, chance: np.random.Generator) -> list[float]:
    """The silhouettes of two means of some normal clouds with the same covariance."""
    middle = rows.mean(0)
    _, spread, axes = np.linalg.svd(rows - middle, full_matrices=False)
    axes = np.asarray((spread / np.sqrt(len(rows)))[:, None] * axes, np.float32)
    return [_of_a_cloud(middle, axes, len(rows), chance) for _ in range(CLOUDS)]


def _of_a_cloud(middle: FloatArray, axes: FloatArray, count: int, chance: np.random.Generator) -> float:
    """The silhouette of two means of so many normal points; each of the axes is as long as the rows spread along it."""
    points = chance.normal(size=(count, len(axes))).astype(np.float32)
    cloud = unit_rows(middle + points @ axes)
    middles = _two_means(cloud, chance)
    return 0.0 if middles is None else _silhouette(cloud, middles)
