"""Themes of a few messages that say what another says: "Who invented you" and "Who created you", "Touristy things in Boston" and "What do
tourists do?"."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from textanalytics.base import BoolArray, Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.naming.belonging.twins import ESTABLISHED, MIXED, MOST, PRAISE, open_words, said_in
from textanalytics.naming.saying.ways import says_not
from textanalytics.settling.marks import centres, unit_rows
from textanalytics.settling.mixing import mixing
from textanalytics.text import tokens

SMALL = 5
"""Fewer messages have no neighbours that could tell whether they mix with others (`mixing`)."""

NEAR, LIKE = 0.65, 0.55
"""Cosine of two themes' middles, and of their titles, where neither holds all that the other says, from which on they are one."""

CONTRARY = ("in", "un", "im", "dis", "ir", "non", "mis")
"""With one of these in front a word says the contrary: "accurate" and "inaccurate"."""


def small_twins(
    titles: Mapping[int, str],
    labels: IntArray,
    vectors: FloatArray,
    corpus: Corpus,
    encoder: Encoder,
    moods: IntArray,
) -> list[tuple[int, int]]:
    """(smaller, larger) labels, the smaller of two messages or more, and fewer than `ESTABLISHED`, with the nearest larger one that is told in like words;
    from `SMALL` on they have to mix, too.

    `vectors` (n, d) are what the texts mean; `moods`: 1 praises, -1 blames, 0 neither. English only.
    """
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    known = sorted((label for label in titles if sizes[label] > 1), key=lambda label: (-sizes[label], label))
    asked = known[:MOST]
    if corpus.is_german or len(asked) < 2:
        return []
    rows = unit_rows(vectors - vectors[labels >= 0].mean(0))
    middles = centres(labels, rows, asked)
    said = [titles[label] for label in asked]
    near = middles @ middles.T
    one = (near >= NEAR) & _told_alike(said, corpus, encoder)
    one &= ~_at_odds(labels, moods, np.array(asked)) & (sizes[asked] < ESTABLISHED)[:, None]
    near = np.where(np.tril(one, -1), near, 0)
    best = near.argmax(axis=1)
    found = (
        (asked[place], asked[best[place]])
        for place in np.flatnonzero(near.any(axis=1)).tolist()
        if not _contrary(said[place], said[best[place]])
    )
    return [
        (smaller, larger)
        for smaller, larger in found
        if sizes[smaller] < SMALL or mixing(rows[labels == smaller], rows[labels == larger]) >= MIXED
    ]


def _told_alike(titles: list[str], corpus: Corpus, encoder: Encoder) -> BoolArray:
    """(n, n) whether two titles say the same in words of their own, or one all that the other says; of one without a telling word nobody knows."""
    within, like = said_in(titles, corpus, encoder, LIKE)
    said = [open_words(title) for title in titles]
    for one, other in zip(*np.nonzero(like), strict=True):
        like[one, other] = said[one].isdisjoint(said[other])
    denying = np.array([says_not(title) for title in titles])
    return np.asarray((within | within.T | like) & (denying[:, None] == denying))


def _at_odds(labels: IntArray, moods: IntArray, asked: IntArray) -> BoolArray:
    """(asked, asked) whether one praises and the other blames."""
    themed = labels >= 0
    count = np.bincount(labels[themed])[asked]
    blames, praises = (
        np.bincount(labels[themed], moods[themed] == mood)[asked] > PRAISE * count for mood in (-1, 1)
    )
    odds = blames[:, None] & praises
    return np.asarray(odds | odds.T)


def _contrary(one: str, other: str) -> bool:
    """Whether a word of one title is the contrary of one in the other.

    >>> _contrary("That's accurate", "Is it inaccurate?"), _contrary("That's accurate", "Is it accurate?")
    (True, False)
    """
    first, second = ({word.lower() for word, _, _ in tokens(title)} for title in (one, other))
    return any(
        before + word in others
        for before in CONTRARY
        for words, others in ((first, second), (second, first))
        for word in words
    )
