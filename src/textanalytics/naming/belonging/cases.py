"""Themes that are a case of another: of "Tap to retry" many say "Can't play the video", and another theme is called "Video won't play"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.naming.belonging.twins import AGREE, MIXED, open_words, said_in
from textanalytics.naming.saying.ways import says_not
from textanalytics.naming.telling.matters import Matter
from textanalytics.settling.marks import unit_rows
from textanalytics.settling.mixing import mixing

MANY, SOME = 0.45, 0.25
"""Share of a theme's messages that say what a larger one is called, from which on it is a case of that; and where the two mix."""


def cases(
    titles: Mapping[int, str],
    told: Mapping[int, Sequence[Matter]],
    labels: IntArray,
    vectors: FloatArray,
    corpus: Corpus,
    encoder: Encoder,
    moods: IntArray,
) -> list[tuple[int, int]]:
    """(smaller, larger) labels: a part of the smaller that is `told` says all that the larger's title says, and nothing else, and their titles share no
    word. Where they do, each says what is different: "Charged a fee", and "Charged a fee for my transfer".

    `vectors` (n, d) are what the texts mean; `moods`: 1 praises, -1 blames, 0 neither. English only.
    """
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    parts = [
        (label, one)
        for label, some in sorted(told.items())
        for one in some
        if label in titles and len(one.texts) >= SOME * sizes[label]
    ]
    if corpus.is_german or not parts:
        return []
    least = min(sizes[label] for label, _ in parts)
    asked = sorted(
        (label for label in titles if sizes[label] >= least), key=lambda label: (-sizes[label], label)
    )
    said = [*(titles[label] for label in asked), *(one.said for _, one in parts)]
    within, _ = said_in(said, corpus, encoder)
    within &= within.T
    rows = unit_rows(vectors - vectors[labels >= 0].mean(0))
    found: dict[int, int] = {}
    for place, (label, part) in enumerate(parts, start=len(asked)):
        for other in np.flatnonzero(within[place, : len(asked)]).tolist():
            larger = asked[other]
            if (
                (sizes[larger], -larger) > (sizes[label], -label)
                and open_words(titles[label]).isdisjoint(open_words(titles[larger]))
                and says_not(part.said) == says_not(titles[larger])
                and _agree(moods[labels == label], moods[labels == larger])
                and (
                    len(part.texts) >= MANY * sizes[label]
                    or mixing(rows[labels == label], rows[labels == larger]) >= MIXED
                )
            ):
                found.setdefault(label, larger)
    return sorted(found.items())


def _agree(ours: IntArray, theirs: IntArray) -> bool:
    return all(abs(float((ours == mood).mean() - (theirs == mood).mean())) <= AGREE for mood in (-1, 1))
