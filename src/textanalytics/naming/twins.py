"""Titles that say the same in other words, where all speak of one thing: "Video won't play" and "Cannot watch the video"."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from textanalytics.base import BoolArray, Encoder, FloatArray
from textanalytics.grammar.corpus import Corpus, everywhere
from textanalytics.grammar.keywords import stem_of
from textanalytics.naming.listing import APART
from textanalytics.naming.matters import says_not
from textanalytics.text import tokens

ALIKE = 0.79
"""Cosine of two titles from which on they say the same, if the themes are near as well."""

NEAR = 0.5
"""Cosine of the themes' means, away from the mean of all."""

CLOSE = 0.2
"""The same, from which on one name says that two themes are one."""

AGREE = 0.3
"""And their negative shares may differ by so much: praise of a thing is not a complaint about it."""


def twins(
    titles: Mapping[int, str], order: Sequence[int], means: FloatArray, corpus: Corpus, encoder: Encoder
) -> list[tuple[int, int]]:
    """(smaller, larger) labels whose titles say the same of a thing of which a quarter of all texts speak; or the same whatever they call
    that thing: "App doesn't work" and "The site doesn't work", where nearly all speak of one or the other.

    `order`: the labels, the largest first; `means`: (labels, d) unit rows by label.
    """
    common = {stem_of(corpus.words.names[stem], "en") for stem in everywhere(corpus)}
    said = {label: common & _stems(titles[label]) for label in order}
    about = [label for label in order if said[label]]
    if corpus.is_german or not about:
        return []
    same = say_the_same([titles[label] for label in about], means[about], encoder)
    return [
        (label, about[first])
        for place, label in enumerate(about)
        for first in np.flatnonzero(same[place, :place]).tolist()
        if said[label] & said[about[first]]
    ] + _but_for(titles, order, corpus, common)


def _but_for(
    titles: Mapping[int, str], order: Sequence[int], corpus: Corpus, common: Collection[str]
) -> list[tuple[int, int]]:
    """(smaller, larger) labels whose titles are the same but for what all speak of."""
    known = {stem_of(name, "en") for name in corpus.words.names}
    first: dict[tuple[frozenset[str], bool], int] = {}
    found = []
    for label in order if common else ():
        words = frozenset(_stems(titles[label]) & known)
        larger = first.setdefault((words - set(common), says_not(titles[label])), label)
        if larger != label and words - set(common) and _stems(titles[larger]) & known != words:
            found.append((label, larger))
    return found


def say_the_same(titles: Sequence[str], means: FloatArray, encoder: Encoder) -> BoolArray:
    """(n, n) whether two titles say the same and their themes, whose `means` (n, d) are unit rows, are near as well."""
    rows = encoder.encode([title.replace(APART, " ") for title in titles])
    return np.asarray((rows @ rows.T >= ALIKE) & (means @ means.T >= NEAR))


def _stems(title: str) -> set[str]:
    return {stem_of(word, "en") for word, _, _ in tokens(title)}
