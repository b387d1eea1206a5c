"""Tell nouns for things: in German by the capital letter, elsewhere by the words before them."""

from __future__ import annotations

import numpy as np

from textanalytics.base import BoolArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.kinds import Kind

BEFORE_THINGS = (Kind.DETERMINER, Kind.ATTRIBUTE, Kind.ADJECTIVE, Kind.PREPOSITION)
BEFORE_DEEDS = (Kind.AUXILIARY, Kind.NEGATED, Kind.TO, Kind.SUBJECT, Kind.OBJECT, Kind.ADVERB)
"""What words stand behind that are names of things, and that say what happens."""


def things(corpus: Corpus) -> BoolArray:
    """(words,) whether each stands for a thing: told in German by its capital, elsewhere by what it stands behind.

    "My parcel" and "the new parcel" are things; "to track" and "doesn't work" are not.
    """
    count = len(corpus.words.names)
    stem, starts = corpus.words.stem, corpus.words.starts
    kind = np.array([what for text in corpus.texts for what in text.kind], np.int64)
    named = np.isin(kind[:-1], BEFORE_THINGS) & (stem[1:] >= 0)
    done = np.isin(kind[:-1], BEFORE_DEEDS) & (stem[1:] >= 0)
    inside = np.ones(max(len(stem) - 1, 0), np.bool_)
    inside[starts[1:-1][(starts[1:-1] > 0) & (starts[1:-1] < len(stem))] - 1] = False
    named_so = np.bincount(stem[1:][named & inside], minlength=count)
    done_so = np.bincount(stem[1:][done & inside], minlength=count)
    small = np.bincount(stem[(kind == Kind.PARTICLE) & (stem >= 0)], minlength=count) > 0
    return np.asarray((named_so >= done_so) & ~small & corpus.naming(), np.bool_)
