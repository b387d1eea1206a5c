"""Who does not belong to the theme that a grouping put them into, because a partition has a place for everything.

Somebody belongs by a word that marks the theme, by what they mean, or because those who say the like are in it too. Who has
none of the three leaves it: for the theme whose words they hold, or to stand alone. And so does who is far nearer to another
theme whose words they hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.keywords import weigh
from textanalytics.grouping.graph import greatest
from textanalytics.settling.marks import leading, sums, unit_rows

BROAD, JUDGED = 8, 5
"""Themes from which on their middle is what all have in common, and messages of one of which it is asked who belongs."""

MARKS, TAKING = 6, 5
"""Words that mark a theme; and of one that takes somebody in."""

NEAR = 0.4
"""Cosine to the middle of the others of a theme from which on one belongs without any of its words. Of CLINC150's 845 messages
that are so near and hold none, .86 are of a class that the theme is about; of 450 that are farther, .4."""

FAR = 0.15
"""And with less one does not belong with its words either."""

COMPANY, NEIGHBOURS, COPY = 0.5, 10, 0.97
"""Share of one's nearest neighbours, of as many as one has companions, that are in the theme: with so many one belongs. Copies
of what one says are not asked."""

MOST, AT_ONCE = 20_000, 256
"""Texts that are asked for neighbours, of more evenly spread; and how many ask at once."""

HEAP = 0.2
"""A theme in which so many do not belong is none for the others either: it stays whole, and takes nobody
in, to be told for what it is (`mixed`)."""

CORE, FIRST = 0.55, 3
"""And so is one of which fewer hold one of its strongest words."""

CLEARLY, WELCOME = 0.2, 0.35
"""Cosine by which one has to be nearer to another theme, and how near, to go there from where one belongs."""


@dataclass(frozen=True)
class Placed:
    """(m,) of those who are asked: the text, its cosine to the others of its theme, the nearest other theme, its cosine to that,
    and how many of the theme's marks it holds."""

    text: IntArray
    own: FloatArray
    other: IntArray
    near: FloatArray
    marks: IntArray


def without_misfits(labels: IntArray, rows: FloatArray, corpus: Corpus, kept: Set[int]) -> IntArray:
    """(n,) labels, those who stand alone numbered behind the old ones; `rows` are unit, away from what all have in common.

    `kept` themes stay as they are. Where there are fewer than `BROAD` themes all stay where they are.
    """
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    judged = np.flatnonzero(sizes >= JUDGED)
    if len(judged) < BROAD:
        return labels
    said = corpus.held
    weights = weigh(corpus.words, labels)
    told = corpus.matter() & corpus.tells()
    marks = {label: leading(weights[label], MARKS, told) for label in judged.tolist()}
    placed = _placed(labels, rows, judged, marks, said)
    out = ((placed.marks == 0) & (placed.own < NEAR)) | (placed.own < FAR)
    out[out] = ~_in_company(placed.text[out], labels, rows, sizes)
    first = {label: frozenset(own[:FIRST]) for label, own in marks.items()}
    core = np.array(
        [not first[labels[i]].isdisjoint(said[i]) for i in placed.text.tolist()],
        np.bool_,
    )
    theirs = labels[placed.text]
    count = len(sizes)
    whole = (np.bincount(theirs, out, count) >= HEAP * sizes) | (
        np.bincount(theirs, core, count) < CORE * sizes
    )
    stays = whole[theirs] | np.isin(theirs, list(kept))
    out &= ~stays
    taking = {label: frozenset(own[:TAKING]) for label, own in marks.items()}
    moves = (out | (placed.near > placed.own + CLEARLY)) & (placed.near >= WELCOME)
    moves &= ~stays & ~whole[placed.other]
    moves[moves] = [
        not taking[other].isdisjoint(said[text])
        for text, other in zip(placed.text[moves].tolist(), placed.other[moves].tolist(), strict=True)
    ]
    found = labels.copy()
    found[placed.text[moves]] = placed.other[moves]
    alone = placed.text[out & ~moves]
    found[alone] = int(labels.max()) + 1 + np.arange(len(alone))
    return found


def _placed(
    labels: IntArray,
    rows: FloatArray,
    judged: IntArray,
    marks: dict[int, list[int]],
    said: list[frozenset[int]],
) -> Placed:
    place = np.full(int(labels.max()) + 1, -1)
    place[judged] = np.arange(len(judged))
    texts = np.flatnonzero((labels >= 0) & (place[labels] >= 0))
    total = sums(labels, rows)
    middles = unit_rows(total[judged])
    best, near = np.zeros(len(texts), np.int64), np.zeros(len(texts), np.float32)
    for some in _parts(len(texts)):
        cosines = rows[texts[some]] @ middles.T
        each = np.arange(len(cosines))
        cosines[each, place[labels[texts[some]]]] = -2
        best[some] = cosines.argmax(1)
        near[some] = cosines[each, best[some]]
    others = unit_rows(total[labels[texts]] - rows[texts])
    return Placed(
        texts,
        np.asarray((rows[texts] * others).sum(1), np.float32),
        judged[best],
        near,
        np.array([len(said[i].intersection(marks[labels[i]])) for i in texts.tolist()], np.int64),
    )


def _in_company(texts: IntArray, labels: IntArray, rows: FloatArray, sizes: IntArray) -> BoolArray:
    """(texts,) whether enough of the nearest neighbours of each are in its theme. Where not all are asked, of as many as it has companions among
    these."""
    themed = np.flatnonzero(labels >= 0)
    asked = themed[:: -(-len(themed) // MOST) or 1]
    theirs, companions = rows[asked], np.bincount(labels[asked], minlength=len(sizes))
    found = np.zeros(len(texts), np.bool_)
    for some in _parts(len(texts)):
        own = labels[texts[some]][:, None]
        near = rows[texts[some]] @ theirs.T
        itself = asked == texts[some][:, None]
        near[(near > COPY) | itself] = -2
        counts = np.minimum(NEIGHBOURS, companions[own] - itself.any(1)[:, None])
        nearest = greatest(near, min(NEIGHBOURS, near.shape[1]))
        among = (labels[asked[nearest]] == own) & (np.arange(nearest.shape[1]) < counts)
        found[some] = among.sum(1) >= COMPANY * np.maximum(counts[:, 0], 1)
    return found


def _parts(count: int) -> Iterator[slice]:
    for start in range(0, count, AT_ONCE):
        yield slice(start, start + AT_ONCE)
