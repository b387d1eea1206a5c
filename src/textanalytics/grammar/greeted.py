"""Whom a text greets or thanks by name, without an @: "Thanks, Becky!" Who is spoken to is no matter of what is said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textanalytics.base import BoolArray, IntArray
from textanalytics.grammar.keywords import Words
from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.sentence import Text

USES = 4
"""Times that a name is used at least."""

ALONE, BEHIND, LARGE = 0.5, 0.3, 0.7
"""Shares of its uses in which it stands between two marks ("…, Becky."), right behind a greeting or thanks, and with a capital."""


def greeted(texts: Sequence[Text], words: Words) -> BoolArray:
    """(words,) whether each is a name by which texts greet or thank somebody."""
    if not len(words.stem):
        return np.zeros(len(words.names), np.bool_)
    kind = np.array([what for text in texts for what in text.kind], np.int64)
    large = np.array([word.istitle() for text in texts for word in text.words], np.bool_)
    new = np.ones(len(kind) + 1, np.bool_)
    new[1:-1] = (words.clause[1:] != words.clause[:-1]) | (words.text[1:] != words.text[:-1])
    inside = words.text[1:] == words.text[:-1]
    behind = np.concatenate([[False], (kind[:-1] == Kind.NOISE) & inside])
    said = (words.stem >= 0) & (kind == Kind.OPEN)

    def often(where: BoolArray, share: float) -> BoolArray:
        return np.asarray(_count(words, said & where) >= share * uses, np.bool_)

    uses = _count(words, said)
    alone = often(new[:-1] & new[1:], ALONE)
    return np.asarray((uses >= USES) & alone & often(behind, BEHIND) & often(large, LARGE), np.bool_)


def _count(words: Words, where: BoolArray) -> IntArray:
    return np.bincount(words.stem[where], minlength=len(words.names))
