"""Groups that no word holds together: what is like nothing else, put somewhere, because a partition has a place for everything."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import nlargest

import numpy as np

from textanalytics.base import IntArray
from textanalytics.grammar.corpus import HALF, Corpus, everywhere
from textanalytics.grammar.keywords import Weights
from textanalytics.grammar.phrases import READ
from textanalytics.naming.settle import COMMON, FAINT, JUDGED, READ_ON, TELLING, is_aside


def mixed(corpus: Corpus, weights: Mapping[int, Weights], members: Mapping[int, IntArray]) -> frozenset[int]:
    """Labels of `JUDGED` texts or more of which too few hold one of the three words that set the label apart; and smaller ones
    that no word sets apart.

    `weights` of each label's words, `members`: its texts. Too few: see `settle.COMMON`; of articles `settle.READ_ON`. And
    labels that only a place sets apart, or who is spoken to: see `settle.BESIDE`. A word in half of all texts counts where they are
    mostly the label's own.
    """
    words, aside = corpus.words, corpus.aside
    told = frozenset(np.flatnonzero(corpus.matter() & corpus.tells()).tolist())
    common = everywhere(corpus, HALF) - set(np.flatnonzero(~corpus.tells()).tolist())
    needed = np.where(np.diff(words.starts) >= READ, READ_ON, COMMON)
    stem, starts = words.stem.tolist(), words.starts.tolist()
    found = []
    for label, texts in members.items():
        if len(texts) < JUDGED:
            if len(texts) > 1 and not weights[label].words:
                found.append(label)
            continue
        own = weights[label].words
        theirs = {stem for stem in common & own.keys() if own[stem] >= FAINT}
        strongest = nlargest(TELLING, (told & own.keys()) | theirs, key=lambda stem: (own[stem], -stem))
        any_of = frozenset(strongest)
        holding = sum(not any_of.isdisjoint(stem[starts[i] : starts[i + 1]]) for i in texts.tolist())
        if holding < needed[texts].sum() or is_aside(weights[label], strongest, aside):
            found.append(label)
    return frozenset(found)
