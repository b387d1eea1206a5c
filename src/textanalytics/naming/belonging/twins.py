"""Titles that say the same in other words, where all speak of one thing: "Video won't play" and "Cannot watch the video"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from textanalytics.base import BoolArray, Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, everywhere, members_of
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import kinds
from textanalytics.naming.saying.claims import SAME_SENSE
from textanalytics.naming.saying.listing import APART
from textanalytics.naming.saying.ways import says_not
from textanalytics.settling.marks import centres, unit_rows
from textanalytics.settling.mixing import mixing
from textanalytics.text import tokens

ALIKE = 0.79
"""Cosine of two titles from which on they say the same, if the themes are near as well."""

NEAR = 0.5
"""Cosine of the themes' means, away from the mean of all."""

CLOSE = 0.2
"""The same, from which on one name says that two themes are one."""

LIKE, BESIDE, MIXED = 0.75, 0.4, 0.17
"""Cosine of two titles, where neither holds all that the other says, of the themes' middles, and how much the themes mix (`mixing`), from which on
they are one. Themes that classes of BANKING77 and CLINC150 tell apart, and one of whose titles holds the other, mix by .15 at most."""

ESTABLISHED, MOST = 8, 2_000
"""Messages of each, fewer of which have neighbours of any kind; and themes that are asked, those of the most messages."""

PRAISE = 0.5
"""Where more of both praise, what they mix in is the praise."""

AGREE = 0.3
"""And their negative shares may differ by so much: praise of a thing is not a complaint about it."""

AT_ONCE = 512
"""Titles that are compared with all larger ones at once."""


def twins(
    titles: Mapping[int, str], order: Sequence[int], means: FloatArray, corpus: Corpus, encoder: Encoder
) -> list[tuple[int, int]]:
    """(smaller, larger) labels whose titles say the same of a thing of which a quarter of all texts speak; or the same whatever they call
    that thing, or whom they speak to: "App doesn't work" and "The site doesn't work", where nearly all speak of one or the other.

    `order`: the labels, the largest first; `means`: (labels, d) unit rows by label.
    """
    if corpus.is_german:
        return []
    common = _everywhere(corpus)
    spoken_to = {stem_of(name, "en") for name in corpus.addressed}
    said = {label: common & _stems(titles[label]) for label in order}
    about = [label for label in order if said[label]]
    same = _who_say_the_same([titles[label] for label in about], means[about], encoder)
    pairs = ((about[place], about[first]) for place, first in same)
    return [(one, other) for one, other in pairs if said[one] & said[other]] + _but_for(
        titles, order, corpus, common | spoken_to
    )


def _everywhere(corpus: Corpus) -> set[str]:
    return {stem_of(corpus.words.names[stem], "en") for stem in everywhere(corpus)}


def _but_for(
    titles: Mapping[int, str], order: Sequence[int], corpus: Corpus, common: Collection[str]
) -> list[tuple[int, int]]:
    """(smaller, larger) labels whose titles are the same but for what is common: what all speak of, or to whom."""
    known = {stem_of(name, "en") for name in corpus.words.names}
    first: dict[tuple[frozenset[str], bool], int] = {}
    found = []
    for label in order if common else ():
        words = frozenset(_stems(titles[label]) & known)
        larger = first.setdefault((words - set(common), says_not(titles[label])), label)
        if larger != label and words - set(common) and _stems(titles[larger]) & known != words:
            found.append((label, larger))
    return found


def mixed(
    titles: Mapping[int, str],
    labels: IntArray,
    vectors: FloatArray,
    corpus: Corpus,
    encoder: Encoder,
    moods: IntArray,
) -> list[tuple[int, int, bool]]:
    """(smaller, larger) labels one of whose titles says what the other says, if their messages lie among each other: "Book a room" and
    "Room"; and whether the larger's title says nothing that the smaller's does not.

    `vectors` (n, d) are what the texts mean; `moods`: 1 praises, -1 blames, 0 neither.
    """
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    large = (label for label in titles if sizes[label] >= ESTABLISHED)
    asked = sorted(large, key=lambda label: (-sizes[label], label))[:MOST]
    if corpus.is_german or len(asked) < 2:
        return []
    rows = unit_rows(vectors - vectors[labels >= 0].mean(0))
    middles = centres(labels, rows, asked)
    within, like = said_in([titles[label] for label in asked], corpus, encoder)
    themed = labels >= 0
    felt = (
        np.stack([np.bincount(labels[themed], moods[themed] == mood)[asked] for mood in (-1, 1)])
        / sizes[asked]
    )
    near = (middles @ middles.T >= BESIDE) & (within | within.T | like)
    near &= np.abs(felt[:, :, None] - felt[:, None, :]).max(axis=0) <= AGREE
    near &= np.minimum(felt[1][:, None], felt[1][None, :]) <= PRAISE
    found, texts = [], members_of(labels)
    for larger, smaller in zip(*np.nonzero(np.triu(near, 1)), strict=True):
        one, other = asked[smaller], asked[larger]
        if says_not(titles[one]) == says_not(titles[other]) and (
            mixing(rows[texts[one]], rows[texts[other]]) >= MIXED
        ):
            found.append((one, other, bool(within[larger, smaller])))
    return found


def said_in(
    titles: Sequence[str], corpus: Corpus, encoder: Encoder, like: float = LIKE
) -> tuple[BoolArray, BoolArray]:
    """(n, n) whether a title's words, but for what all speak of, are in each other one, in that or another word of the same sense; and
    whether the two mean much the same, by a cosine of `like`. A title of nothing but what all speak of is alike to none."""
    known = {stem_of(name, "en") for name in corpus.words.names} - _everywhere(corpus)
    said = [[word for word, _, _ in tokens(title) if stem_of(word, "en") in known] for title in titles]
    words = sorted({word for some in said for word in some})
    holds = np.array([[word in some for word in words] for some in said], np.float32)
    rows = encoder.encode(words)
    roots = np.array([stem_of(word, "en") for word in words])
    alike = (rows @ rows.T >= SAME_SENSE) | (roots[:, None] == roots)
    asked = holds.sum(axis=1)[:, None]
    within = (holds @ (holds @ alike > 0).T >= asked) & (asked > 0)
    whole = encoder.encode([title.replace(APART, " ") for title in titles])
    alike_whole = (whole @ whole.T >= like) & (asked > 0) & (asked > 0).T
    return np.asarray(within, np.bool_), np.asarray(alike_whole, np.bool_)


def say_the_same(titles: Sequence[str], means: FloatArray, encoder: Encoder) -> BoolArray:
    """(n, n) whether two titles say the same and their themes, whose `means` (n, d) are unit rows, are near as well."""
    rows = _rows(titles, encoder)
    return np.asarray((rows @ rows.T >= ALIKE) & (means @ means.T >= NEAR))


def _who_say_the_same(
    titles: Sequence[str], means: FloatArray, encoder: Encoder
) -> Iterator[tuple[int, int]]:
    """(place, place before it) of two titles each of which `say_the_same` holds, without a table of all with all."""
    rows = _rows(titles, encoder)
    for start in range(0, len(rows), AT_ONCE):
        some, before = slice(start, start + AT_ONCE), slice(start + AT_ONCE)
        same = (rows[some] @ rows[before].T >= ALIKE) & (means[some] @ means[before].T >= NEAR)
        for place, first in zip(*np.nonzero(np.tril(same, start - 1)), strict=True):
            yield start + int(place), int(first)


def _rows(titles: Sequence[str], encoder: Encoder) -> FloatArray:
    return encoder.encode([title.replace(APART, " ") for title in titles])


def open_words(title: str) -> set[str]:
    """The stems of an English title's words that are no small ones.

    >>> sorted(open_words("Can't play the videos"))
    ['play', 'video']
    """
    small = kinds("en")
    return {stem_of(word, "en") for word, _, _ in tokens(title) if word.lower() not in small}


def _stems(title: str) -> set[str]:
    return {stem_of(word, "en") for word, _, _ in tokens(title)}
