"""Themes of one matter become one: near one another, by one word, by neighbours in common, or by two words for one thing."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, members_of
from textanalytics.grammar.keywords import Words, weigh
from textanalytics.grouping.coherence import FOREIGN
from textanalytics.grouping.linkage import few_alike
from textanalytics.settling.gathering import alike
from textanalytics.settling.marks import Meant, centres, leading, names_of, without
from textanalytics.settling.mixing import ASKED, mixing
from textanalytics.words.sparse import csr_matrix

ONE_MATTER = 0.62
"""Mean cosine of themes, away from the mean of all, that are about one matter, if they share one of their strongest words and mix."""

STRONGEST = 3

AGREE, PLEASED = 0.25, 0.35
"""And so far at most may their shares of blame, and of praise, be apart: praise of a thing is no complaint about it, and no
question about it either."""

ESTABLISHED = 5

NEAR, MIXED = 0.6, 0.22
"""Cosine of two themes' middles, and how much they mix (`mixing`), that are one whatever their words. Two themes of classes that
people tell apart mix by .12 at most on BANKING77, by .17 on CLINC150: "increase my credit limit" and "what is my credit limit" share
their words, are near one another, and do not mix."""

HOLDS = 0.32
"""Mean cosine of two messages of a theme from which on it can mix with another: what is alike in nothing lies near to all."""

PRAISE = 0.5
"""Where more of both praise, what they mix in is the praise, not what is praised: it tells nothing."""

BESIDE, MEANT, SPELT = 0.35, 0.75, 0.7
"""Cosine of two themes' middles; and how near the words that name them are in meaning, or how much of their letters they share, to
be two words for one thing: "Ticket" and "Fahrkarte", "burrito" and "boorito"."""

LEAST = 5
"""Letters of a word that is compared by its spelling."""

SAID_OF = 0.5
"""How much such themes have to mix, as they are or without the two words: then the same is said of both. A transfer and a top-up that are pending
have no name in common, and what is said of a car and of a card is not the same."""


def join(
    labels: IntArray,
    rows: FloatArray,
    bare: FloatArray,
    corpus: Corpus,
    *,
    moods: IntArray,
    foreign: BoolArray,
    meant: Meant | None = None,
) -> IntArray:
    """(n,) labels with themes of one matter under the largest one's.

    `moods`: 1 praises, -1 blames, 0 neither. `rows` and `bare` are the texts' unit rows away from the middle of all, with their
    words behind where those count, and without. Unless it can be asked what other texts mean (`meant`), no two words are taken for one.
    """
    labels = _by_one_word(labels, rows, corpus.words, moods, foreign)
    into = Pairs(labels, bare, corpus, moods, meant).into()
    return labels if into is None else np.where(labels >= 0, into[labels], labels)


def _by_one_word(
    labels: IntArray, rows: FloatArray, words: Words, moods: IntArray, foreign: BoolArray
) -> IntArray:
    sizes = np.bincount(labels[labels >= 0])
    large = np.flatnonzero(sizes >= ESTABLISHED)
    if len(large) < 2:
        return labels
    middles = centres(labels, rows, large.tolist())
    near = (middles @ middles.T).astype(np.float64)
    near -= _at_odds(labels, moods, large)
    weights = weigh(words, labels)
    near -= _without_word([frozenset(leading(weights[label], STRONGEST)) for label in large.tolist()])
    strange = np.bincount(labels[labels >= 0], foreign[labels >= 0])[large] / sizes[large]
    near -= FOREIGN * np.minimum(strange[:, None], strange[None, :])
    members = members_of(labels)
    texts = [members[label] for label in large.tolist()]
    for i, j in zip(*np.nonzero(np.triu(near, 1) >= ONE_MATTER), strict=True):
        if mixing(rows[texts[i]], rows[texts[j]]) < MIXED:
            near[i, j] = near[j, i] = -1
    groups = few_alike(near, ONE_MATTER)
    into = np.arange(len(sizes))
    for group in members_of(groups).values():
        joined = large[group]
        into[joined] = joined[sizes[joined].argmax()]
    return np.where(labels >= 0, into[labels], labels)


def _at_odds(labels: IntArray, moods: IntArray, large: IntArray) -> BoolArray:
    """(large, large) whether one blames, or praises, what the other does not."""
    odds = np.zeros((len(large), len(large)), np.bool_)
    themed = labels >= 0
    for mood, apart in ((-1, AGREE), (1, PLEASED)):
        felt = np.bincount(labels[themed], moods[themed] == mood)[large] / np.bincount(labels[themed])[large]
        odds |= np.abs(felt[:, None] - felt[None, :]) > apart
    return odds


def _without_word(strongest: Sequence[frozenset[int]]) -> BoolArray:
    """(n, n) whether each two share none of their strongest words."""
    stems = np.array([stem for own in strongest for stem in own], np.int64)
    theme = np.repeat(np.arange(len(strongest)), [len(own) for own in strongest])
    shape = (len(strongest), int(stems.max(initial=-1)) + 1)
    held = csr_matrix((np.ones(len(stems), np.float32), (theme, stems)), shape=shape)
    return (held @ held.T).toarray() == 0


class Pairs:
    """Two themes each that may be one."""

    def __init__(
        self,
        labels: IntArray,
        bare: FloatArray,
        corpus: Corpus,
        moods: IntArray,
        meant: Meant | None,
    ) -> None:
        self._labels, self._bare, self._corpus, self._moods = labels, bare, corpus, moods
        self._meant = meant
        self._sizes, self._members = np.bincount(labels[labels >= 0], minlength=1), members_of(labels)

    def into(self) -> IntArray | None:
        """(labels,) the larger of those that are each other's best, itself for all others; None if there are none."""
        large = np.flatnonzero(self._sizes >= ESTABLISHED)
        if len(large) < 2:
            return None
        middles = centres(self._labels, self._bare, large.tolist())
        near = middles @ middles.T
        near[_at_odds(self._labels, self._moods, large)] = -1
        one = np.zeros((len(large), len(large)))
        names = {} if self._meant is None else names_of(self._labels, self._corpus, large)
        praises = [float((self._moods[self._members[label]] > 0).mean()) > PRAISE for label in large.tolist()]
        for i, j in zip(*np.nonzero(np.triu(near, 1) >= BESIDE), strict=True):
            told = not (praises[i] and praises[j])
            one[i, j] = one[j, i] = self._are_one(
                int(large[i]), int(large[j]), told * float(near[i, j]), names
            )
        best = one.argmax(1)
        each = np.arange(len(large))
        joins = (one[each, best] > 0) & (best[best] == each) & (each < best)
        if not joins.any():
            return None
        found = np.arange(len(self._sizes))
        for i, j in zip(large[each[joins]].tolist(), large[best[joins]].tolist(), strict=True):
            smaller, larger = sorted((i, j), key=lambda label: (self._sizes[label], -label))
            found[smaller] = larger
        return found

    def _are_one(self, one: int, other: int, near: float, names: dict[int, int]) -> float:
        """How much they mix, if that is enough; else 0."""
        ours, theirs = self._members[one], self._members[other]
        drop = {names[label] for label in (one, other) if label in names}
        if self._meant is not None and len(drop) == 2 and self._are_variants(sorted(drop), self._meant):
            mixed = max(
                mixing(self._bare[ours], self._bare[theirs]),
                mixing(*(self._meant(without(self._corpus, _some(texts), drop)) for texts in (ours, theirs))),
            )
            return mixed if mixed >= SAID_OF else 0.0
        if near < NEAR or min(alike(self._bare[ours]), alike(self._bare[theirs])) < HOLDS:
            return 0.0
        mixed = mixing(self._bare[ours], self._bare[theirs])
        return mixed if mixed >= MIXED else 0.0

    def _are_variants(self, stems: Sequence[int], meant: Meant) -> bool:
        """Whether they are two spellings of one word, or two words for one thing."""
        one, other = (self._corpus.words.names[stem] for stem in stems)
        if min(len(one), len(other)) >= LEAST and SequenceMatcher(None, one, other).ratio() >= SPELT:
            return True
        first, second = meant([one, other])
        return float(first @ second) >= MEANT


def _some(texts: IntArray) -> IntArray:
    """As many as are asked, evenly spread."""
    return texts[:: -(-len(texts) // ASKED)]
