"""Titles that say the same in other words, where all speak of one thing: "Video won't play" and "Cannot watch the video"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from textanalytics.base import Encoder, FloatArray
from textanalytics.grammar.corpus import Corpus, everywhere
from textanalytics.grammar.keywords import stem_of
from textanalytics.naming.listing import APART
from textanalytics.text import tokens

ALIKE = 0.79
"""Cosine of two titles from which on they say the same, if the themes are near as well."""

NEAR = 0.5
"""Cosine of the themes' means, away from the mean of all."""


def twins(
    titles: Mapping[int, str], order: Sequence[int], means: FloatArray, corpus: Corpus, encoder: Encoder
) -> list[tuple[int, int]]:
    """(smaller, larger) labels whose titles say the same of a thing of which a quarter of all texts speak.

    `order`: the labels, the largest first; `means`: (labels, d) unit rows by label.
    """
    common = {stem_of(corpus.words.names[stem], "en") for stem in everywhere(corpus)}
    said = {label: common & _stems(titles[label]) for label in order}
    about = [label for label in order if said[label]]
    if corpus.is_german or len(about) < 2:
        return []
    rows = encoder.encode([titles[label].replace(APART, " ") for label in about])
    alike, near = rows @ rows.T, means[about] @ means[about].T
    return [
        (label, about[first])
        for place, label in enumerate(about)
        for first in np.flatnonzero((alike[place, :place] >= ALIKE) & (near[place, :place] >= NEAR)).tolist()
        if said[label] & said[about[first]]
    ]


def _stems(title: str) -> set[str]:
    return {stem_of(word, "en") for word, _, _ in tokens(title)}
