"""Where talk is diffuse, a matter is known by its name: the word that most of a group say, and hardly anybody else.

Neighbours and middles blur a single word among all the others of a short line. But who alone speaks of "webpack" speaks of one
subject, however differently. Two groups with such a word in common are one, and a message that says it elsewhere moves there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.grouping.coherence import TOGETHER
from textanalytics.grouping.halves import ENOUGH, apart
from textanalytics.grouping.micros import unit
from textanalytics.grouping.middles import FEW
from textanalytics.words.sparse import csr_matrix

STORIES, CLEAR = 0.5, 0.95
"""`partition.focus` between which names are believed. In clear talk neighbours know better: what is pending, and what is declined,
share "top-up", and nobody would call them one matter. There names cost BANKING77 .005 of V and .004 of ARI. And where everybody tells
a story, as in tweets, a word that a group has in common is one of many things in it: airline reasons lose .002 to .009 of ARI."""
SAY, THEIRS = 0.5, 0.6
"""Share of a group's messages that say its name, at least, and share of all who say it that are the group's."""
EVERYDAY = 0.25
"""A word in more of all messages is nobody's name."""
FARTHER = 0.3
"""Cosine by which a message may be farther from the middle of the group whose name it says than from its own's. With any
distance software's subjects gain .01 more of V, and airline reasons lose as much."""


@dataclass(frozen=True)
class Said:
    """How often each micro-cluster says each of the `words` (n, w); `rows` (`middles.among_many`), unit; its messages (`counts`);
    the theme that it is held in, -1 for most (`pinned`); and whether it stays where it is."""

    words: csr_matrix
    rows: FloatArray
    counts: IntArray
    pinned: IntArray
    stays: BoolArray


def by_name(groups: IntArray, of: Said) -> IntArray:
    """(n,) groups from 0 after those of one name are one, and who says the name of another group, and of no other, is there."""
    return _called(_joined(groups, of), of)


def _joined(groups: IntArray, of: Said) -> IntArray:
    while True:
        groups = np.unique(groups, return_inverse=True)[1]
        pair = _of_one_name(groups, of)
        if pair is None:
            return groups
        groups = np.where(groups == pair[1], pair[0], groups)


def _of_one_name(groups: IntArray, of: Said) -> tuple[int, int] | None:
    """The two groups that share a name most clearly; never two that a person keeps apart."""
    group, word, said, share = _names(groups, of)
    all_say = _all_say(of)
    kept_apart = apart(groups, of.pinned)
    best, found = 0.0, None
    order = np.lexsort((group, -said, word))
    first = np.flatnonzero((word[order][1:] == word[order][:-1]) & _begins(word[order])[:-1])
    for i, j in zip(order[first].tolist(), order[first + 1].tolist(), strict=True):
        theirs = (said[i] + said[j]) / all_say[word[i]]
        clearly = theirs * min(share[i], share[j])
        if theirs >= THEIRS and clearly > best and not kept_apart[group[i], group[j]]:
            best, found = clearly, (int(group[i]), int(group[j]))
    return found


def _begins(word: IntArray) -> BoolArray:
    return np.concatenate([[True], word[1:] != word[:-1]])


def _called(groups: IntArray, of: Said) -> IntArray:
    group, word, said, _ = _names(groups, of)
    own = said >= THEIRS * _all_say(of)[word]
    k, n = int(groups.max()) + 1, len(groups)
    names = csr_matrix((np.ones(int(own.sum())), (word[own], group[own])), shape=(of.words.shape[1], k))
    says = (of.words @ names).toarray() > 0
    to, here = says.argmax(1), np.arange(n)
    gather = csr_matrix((of.counts.astype(np.float32), (groups, here)))
    near = of.rows @ unit(gather @ of.rows).T
    moves = (says.sum(1) == 1) & ~says[here, groups] & (of.counts <= FEW) & ~of.stays
    moves &= near[here, to] >= np.maximum(near[here, groups] - FARTHER, TOGETHER)
    return np.unique(np.where(moves, to, groups), return_inverse=True)[1]


def _names(groups: IntArray, of: Said) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """(group, word, messages, their share of the group's) of each word that so many in a group say, and not half the world."""
    gather = csr_matrix((of.counts.astype(np.float64), (groups, np.arange(len(groups)))))
    sizes = np.asarray(gather.sum(1)).ravel()
    said = (gather @ _once(of.words)).tocoo()
    share = said.data / sizes[said.row]
    kept = (share >= SAY) & (sizes[said.row] >= ENOUGH)
    kept &= _all_say(of)[said.col] < EVERYDAY * of.counts.sum()
    return said.row[kept].astype(np.int64), said.col[kept].astype(np.int64), said.data[kept], share[kept]


def _all_say(of: Said) -> FloatArray:
    return np.asarray(_once(of.words).T @ of.counts.astype(np.float64))


def _once(words: csr_matrix) -> csr_matrix:
    return csr_matrix((np.ones_like(words.data), words.indices, words.indptr), shape=words.shape)
