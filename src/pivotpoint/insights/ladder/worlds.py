"""Whether the houses of a file are worlds apart, so that one list of them would be nobody's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from pivotpoint.insights.ladder.heard import Heard
from textanalytics.base import FloatArray
from textanalytics.encoders import default
from textanalytics.language import LanguageAnalyser
from textanalytics.text import clean
from textanalytics.words.page import Vocabulary, open_page

FEWEST, MOST, LEAST, ALL = 2, 6, 300, 0.9
"""Houses; messages of each; and the share of the file that they have."""

SAMPLE = 500
"""Messages that are looked at of each."""

APART = 0.55
"""Cosine of the middles of two houses up to which they are worlds apart. A bank and a hotel, or restaurants and laptops, have less than
0.5, and so have most of the trades of an assistant; what people say to one house of two matters (a lost bag, a booking), or to two of one
trade, has 0.55 to 0.99."""


def worlds_apart(heard: Heard) -> list[str]:
    """The large houses, the most messages first, where they are nearly all of the file, in one language, and every two of them are worlds
    apart by what a sample of each says, their names left out; else none."""
    sizes = heard.names
    large = [house for house, count in sizes.most_common() if count >= LEAST]
    if not FEWEST <= len(large) <= MOST or sum(sizes[house] for house in large) < ALL * len(heard.texts):
        return []
    texts = [_sample(heard, house, large) for house in large]
    middles = np.stack([_middle(some) for some in texts])
    likeness = middles @ middles.T
    if likeness[~np.eye(len(large), dtype=np.bool_)].max() > APART:
        return []
    return large if len({_language(some) for some in texts}) == 1 else []


def _sample(heard: Heard, house: str, names: Collection[str]) -> list[str]:
    """From the whole file, evenly."""
    own = [place for place, one in enumerate(heard.houses) if one == house]
    words = sorted({re.escape(word) for name in names for word in name.split()})
    named = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
    return [named.sub(" ", clean(heard.texts[place])) for place in own[:: -(-len(own) // SAMPLE)]]


def _language(texts: Sequence[str]) -> str:
    """What most are in."""
    return Counter(LanguageAnalyser().read(open_page(texts, Vocabulary())).value).most_common(1)[0][0]


def _middle(texts: Sequence[str]) -> FloatArray:
    rows = default().encode(texts)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    middle = rows.mean(0)
    return np.asarray(middle / max(float(np.linalg.norm(middle)), 1e-9), np.float32)
