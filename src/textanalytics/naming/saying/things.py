"""Tell nouns for things: in German by the capital letter, elsewhere by the words before them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from textanalytics.base import BoolArray, IntArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.kinds import Kind

BEFORE_THINGS = (Kind.DETERMINER, Kind.ATTRIBUTE, Kind.ADJECTIVE, Kind.PREPOSITION)
BEFORE_DEEDS = (Kind.AUXILIARY, Kind.NEGATED, Kind.TO, Kind.SUBJECT, Kind.OBJECT, Kind.ADVERB)
"""What words stand behind that are names of things, and that say what happens."""


PLAINLY, SEEN = 5, 5
"""Times as often a noun stands as a thing than as a deed, from which on it is nothing else; and times at least."""


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
