"""What people corrected: the same text reads as corrected, a near copy too, and similar texts lean that way.

Each correction is kept as an example. Nothing else is refitted, so a handful of corrections cannot wreck
the reading of texts that do not resemble them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from textanalytics import lexicons
from textanalytics.base import FUNCTIONS, INTENTS, MOODS, REASONS
from textanalytics.reading.features import BUCKETS, Hashes
from textanalytics.text import clean
from textanalytics.words.page import Array, Column, Page, Vocabulary, open_page
from textanalytics.words.sparse import csr_matrix, diags

ALLOWED: dict[str, tuple[str, ...]] = {
    "mood": MOODS,
    "intent": INTENTS,
    "function": ("", *FUNCTIONS),
    "reason": ("", *REASONS),
}
SAME = 0.80
"""Cosine from which a text counts as a near copy of a corrected one."""
SIMILAR = 0.35
PULL = 6.0
"""Log odds that a text just short of a near copy receives towards the corrected class."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's verdict on one field of one text; `sentiment` is a number, `about_us`, `actionable` are bools."""

    text: str
    field: str
    value: str | bool | float

    def check(self) -> Correction:
        """Itself, or ValueError with one sentence."""
        if self.field in ALLOWED:
            if self.value not in ALLOWED[self.field]:
                raise ValueError(f"{self.value!r} is not a value of {self.field}.")
        elif self.field in ("about_us", "actionable"):
            if not isinstance(self.value, bool):
                raise ValueError(f"{self.field} is corrected with true or false.")
        elif self.field == "sentiment":
            if isinstance(self.value, bool | str) or not -1 <= self.value <= 1:
                raise ValueError("sentiment is corrected with a number from -1 to 1.")
        elif self.field == "language":
            if not isinstance(self.value, str) or not 2 <= len(self.value) <= 3:
                raise ValueError("language is corrected with a code of two or three letters.")
        else:
            raise ValueError(f"{self.field!r} is not a field that can be corrected.")
        return self


@dataclass(frozen=True)
class Verdict:
    """The correction that a text takes over, and how like it is to the corrected text."""

    correction: Correction
    likeness: float


class Memory:
    """All corrections; the latest on the same text and field counts."""

    def __init__(self, corrections: Sequence[Correction] = ()) -> None:
        self.corrections = latest(corrections)
        self.exact: dict[str, list[Correction]] = {}
        for correction in self.corrections:
            self.exact.setdefault(key(correction.text), []).append(correction)
        self.hashes, self.weights = Hashes(), Column(word_weights)
        examples = open_page([c.text for c in self.corrections], Vocabulary())
        self.examples = Memory.vectors(examples, Hashes(), Column(word_weights)).T.tocsr()

    def __bool__(self) -> bool:
        return bool(self.corrections)

    @staticmethod
    def vectors(page: Page, hashes: Hashes, weights: Column) -> csr_matrix:
        """(n, BUCKETS) rows of unit length or of zeros."""
        words = hashes.hashes.over(page.vocabulary)[page.word] % BUCKETS
        values = weights.over(page.vocabulary)[page.word]
        rows = csr_matrix((values, (page.text, words)), shape=(page.size, BUCKETS))
        rows.sum_duplicates()
        norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
        return (diags(1.0 / np.maximum(norms, 1e-9)) @ rows).tocsr()

    def likeness(self, page: Page) -> csr_matrix:
        """(n, corrections), cosines."""
        return (self.vectors(page, self.hashes, self.weights) @ self.examples).tocsr()

    def verdicts(self, page: Page, likeness: csr_matrix) -> dict[int, list[Verdict]]:
        """By text number: what it takes over, at most one verdict a field."""
        found: dict[int, dict[str, Verdict]] = {}
        close = likeness.tocoo()
        order = np.argsort(close.data, kind="stable")
        for position in order[close.data[order] >= SAME].tolist():
            correction = self.corrections[close.col[position]]
            verdict = Verdict(correction, min(1.0, float(close.data[position])))
            found.setdefault(int(close.row[position]), {})[correction.field] = verdict
        for i in self._may_be_equal(page, close):
            for correction in self.exact.get(key(page.texts[i]), ()):
                found.setdefault(i, {})[correction.field] = Verdict(correction, 1.0)
        return {i: list(by_field.values()) for i, by_field in found.items()}

    def _may_be_equal(self, page: Page, close: Any) -> list[int]:
        """Texts that are alike in some word of matter, or have none: only these are cleaned to be compared."""
        wordless = page.total(self.weights.over(page.vocabulary)[page.word]) == 0
        wordless[close.row[close.data >= SIMILAR]] = True
        return np.flatnonzero(wordless).tolist()

    def pull(self, field: str, classes: Sequence[str], likeness: csr_matrix) -> Array:
        """(n, classes): log odds to add, at most PULL a class."""
        chosen = np.zeros((len(self.corrections), len(classes)))
        for i, correction in enumerate(self.corrections):
            if correction.field == field and str(correction.value) in classes:
                chosen[i, classes.index(str(correction.value))] = 1.0
        force = likeness.copy()
        force.data = np.clip((force.data - SIMILAR) / (SAME - SIMILAR), 0, 1) * PULL
        return np.minimum(np.asarray(force @ chosen), PULL)


def latest(corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Of each text and field the last one; ValueError when one cannot be."""
    return tuple({(key(one.text), one.field): one.check() for one in corrections}.values())


def key(text: str) -> str:
    return clean(text[:20_000]).lower()


def word_weights(words: Sequence[str]) -> Array:
    """(words,): 1 for what carries matter or negates; 0 for common words, marks, links and mentions."""
    common, negators = lexicons.common_words(), lexicons.words("negators")
    return np.array(
        [
            word in negators
            or (word[0] != "@" and word[0].isalnum() and "://" not in word and word not in common)
            for word in words
        ],
        np.float64,
    )
