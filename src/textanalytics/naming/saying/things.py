"""Tell nouns for things: in German by the capital letter, elsewhere by the words before them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from textanalytics.base import BoolArray, IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.kinds import Kind

BEFORE_THINGS = (Kind.DETERMINER, Kind.ATTRIBUTE, Kind.ADJECTIVE, Kind.PREPOSITION)
BEFORE_DEEDS = (Kind.AUXILIARY, Kind.NEGATED, Kind.TO, Kind.SUBJECT, Kind.OBJECT, Kind.ADVERB)
"""What words stand behind that are names of things, and that say what happens."""


PLAINLY, SEEN = 5, 5
"""Times as often a noun stands as a thing than as a deed, from which on it is nothing else; and times at least."""

VOWELS, SPOKEN = frozenset("aeiouyäöü"), 0.3
"""Share of a word's letters up to which it cannot be said."""

LOOSE, TWICE = 0.1, 2
"""Share of its uses in which an unknown word stands behind what things or deeds stand behind, below which it is no word; and uses."""

NEARLY = 0.8
"""Share of a word's uses that stand before another, from which on it tells what kind of thing that is."""

MOSTLY, OFTEN = 2, 3
"""Times as often a word stands as a deed than as a thing, from which on it is one; and times at least."""


@dataclass(frozen=True)
class Stood:
    """(words,) how often each stood behind what things stand behind, and behind what deeds do; whether it is a small word."""

    named: IntArray
    done: IntArray
    small: BoolArray


def things(corpus: Corpus, stood: Stood | None = None) -> BoolArray:
    """(words,) whether each stands for a thing: told in German by its capital, elsewhere by what it stands behind.

    "My parcel" and "the new parcel" are things; "to track" and "doesn't work" are not.
    """
    stood = stood or stand(corpus)
    return np.asarray((stood.named >= stood.done) & ~stood.small & corpus.naming(), np.bool_)


def nothing_else(stood: Stood) -> BoolArray:
    """(words,) whether each stands for a thing and hardly ever for a deed: "parcel", and not "order"."""
    return np.asarray((stood.named >= SEEN) & (stood.named >= PLAINLY * stood.done), np.bool_)


def deeds(stood: Stood) -> BoolArray:
    """(words,) whether each mostly says what happens: "went", and not "order"."""
    return np.asarray(stood.done >= np.maximum(MOSTLY * stood.named, OFTEN), np.bool_)


def qualities(corpus: Corpus) -> BoolArray:
    """(words,) whether each stands before another word in nearly all of its uses, and so says of what kind that is: "international"."""
    stem = corpus.words.stem
    clause = np.array(
        [(number, one) for number, text in enumerate(corpus.texts) for one in text.clause]
    ).reshape(-1, 2)
    kind = np.array([what for text in corpus.texts for what in text.kind], np.int64)
    before = (stem[:-1] >= 0) & (kind[1:] == Kind.OPEN) & (clause[:-1] == clause[1:]).all(1)
    count = len(corpus.words.names)
    uses = np.bincount(stem[stem >= 0], minlength=count)
    found = np.bincount(stem[:-1][before], minlength=count)
    return np.asarray((uses >= SEEN) & (found >= NEARLY * uses), np.bool_)


def codes(corpus: Corpus, stood: Stood) -> BoolArray:
    """(words,) whether each is a tag and no word: nobody knows it or could say it, and it hardly ever stands in a sentence: "#hgtxq"."""
    words = corpus.words
    said = np.bincount(words.stem[words.stem >= 0], minlength=len(words.names))
    loose = (stood.named + stood.done) < np.maximum(LOOSE * said, TWICE)
    loose[loose] = [_is_unspoken(words.names[stem]) for stem in np.flatnonzero(loose).tolist()]
    return np.asarray(loose, np.bool_)


def _is_unspoken(name: str) -> bool:
    spoken = sum(letter in VOWELS for letter in name)
    return name.isalpha() and spoken <= SPOKEN * len(name) and not default().knows(name)


def stand(corpus: Corpus) -> Stood:
    count = len(corpus.words.names)
    stem, starts = corpus.words.stem, corpus.words.starts
    kind = np.array([what for text in corpus.texts for what in text.kind], np.int64)
    named = np.isin(kind[:-1], BEFORE_THINGS) & (stem[1:] >= 0)
    done = np.isin(kind[:-1], BEFORE_DEEDS) & (stem[1:] >= 0)
    inside = np.ones(max(len(stem) - 1, 0), np.bool_)
    inside[starts[1:-1][(starts[1:-1] > 0) & (starts[1:-1] < len(stem))] - 1] = False
    return Stood(
        np.bincount(stem[1:][named & inside], minlength=count),
        np.bincount(stem[1:][done & inside], minlength=count),
        np.bincount(stem[(kind == Kind.PARTICLE) & (stem >= 0)], minlength=count) > 0,
    )
