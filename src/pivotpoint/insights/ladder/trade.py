"""The trade of the word that a file was searched for: who holds neither it nor anything near it came with the search by chance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from textanalytics.encoders import default

NEAR, NEARLY = 0.3, 0.6
"""Cosines of what two words mean, from which on one is of the other's trade ("Zug" and "Schaffner" of "Bahn"), and from which on
it means nearly the same."""

PART = 5
"""Letters of a word from which on what holds it is a compound of it."""

NAMES = 0.01
"""Share of the texts that write a short name, from which on it is one of the trade: "DB", "ICE"."""

MOST = 0.1
"""Share of the texts without any of these, up to which the file was searched for the word. In more than these people speak of
one thing as they like, and not all say its name."""

OPENING = 120
"""Characters in which a text says what it is about."""

WORD = re.compile(r"[^\W\d_]{2,}")
NAME = re.compile(r"\b[^\W\d_a-zß-öø-ÿ]{2,5}\b")


class Trade:
    def __init__(self, word: str, texts: Sequence[str]) -> None:
        self._word = word
        asked = [i for i, text in enumerate(texts) if word not in text[:OPENING].lower()]
        held = {i: set(WORD.findall(texts[i].lower())) for i in asked}
        self._near = _near(word, sorted(set().union(*held.values())))
        self._names = _names(texts)
        others = {
            i for i, words in held.items() if self._near.isdisjoint(words) and self._is_outside(texts[i])
        }
        self.outside = frozenset(others) if len(others) <= MOST * len(texts) else frozenset()
        """The texts that hold neither the word, in whatever compound, nor any of its trade, and are said to nobody (`@name`)."""

    def opens(self, text: str) -> bool:
        """Whether a text begins with the word or its trade."""
        opening = text[:OPENING].lower()
        return self._word in opening or not self._near.isdisjoint(WORD.findall(opening))

    def _is_outside(self, text: str) -> bool:
        return (
            self._word not in text.lower() and "@" not in text and self._names.isdisjoint(NAME.findall(text))
        )


def _names(texts: Sequence[str]) -> set[str]:
    uses = Counter(name for text in texts for name in set(NAME.findall(text)))
    return {name for name, count in uses.items() if count >= NAMES * len(texts)}


def _near(word: str, words: Sequence[str]) -> set[str]:
    """Those of the words that are of its trade, by what they mean, or as compounds of one that nearly means the same: "Sendungsverfolgung"
    of "Sendung", in a search for "Paket"."""
    rows = default().encode([word, *words])
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    likeness = dict(zip(words, (rows[1:] @ rows[0]).tolist(), strict=True))
    nearly = [
        re.escape(other) for other, cosine in likeness.items() if cosine >= NEARLY and len(other) >= PART
    ]
    compounds = re.compile("|".join(nearly or ["(?!)"]))
    return {other for other, cosine in likeness.items() if cosine >= NEAR or compounds.search(other)}
