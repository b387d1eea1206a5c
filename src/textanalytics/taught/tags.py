"""Classes of an organisation's own, any number of which a text may have; taught by a few sentences each.

One weight a word and class, so that twenty classes cost little more than one and each decision shows its words.

>>> late = Label("late", "The parcel comes too late.", ("Where is my parcel?", "It should have come on Monday."))
>>> bill = Label("bill", "What was charged.", ("I was charged twice.", "The invoice is wrong."))
>>> [[tag.name for tag in tags] for tags in Tagger.teach([late, bill]).tag(["charged twice on the invoice"])]
[['bill']]
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import numpy as np

from textanalytics import encoders
from textanalytics.base import BoolArray, FloatArray, IntArray, Span
from textanalytics.reading.evidence import strongest
from textanalytics.reading.features import (
    BUCKETS,
    Hashes,
    scale,
    text_buckets,
    text_meanings,
    word_buckets,
    word_meanings,
)
from textanalytics.taught.fit import Weights, fit
from textanalytics.taught.lessons import Label, Lesson, examples, truth
from textanalytics.words.blas import each
from textanalytics.words.page import Array, Column, Page, Vocabulary, open_page

SCHEMA = 1
ABSTAINS = 0.5
"""A class is given from this confidence on; below it the tagger says nothing."""
MOST = 3
"""Classes given to one text."""
USUAL = 1 / 80
"""Part of the usual messages to which a class is given that has a description alone: one matter of very many. Its own
examples say better how wide it is."""
ENOUGH_USUAL = 200
"""Messages below which they say nothing about so small a part."""
LEAST_SHOWN = 3
"""Texts that have a class, its description among them, from which on its width is taken from them."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One class of one text, how sure (0 to 1), and the words that decided."""

    name: str
    confidence: float
    evidence: tuple[Span, ...] = ()


class Tagger:
    """`tag` depends on the text alone. Its words' weights are worked out once each, when first met."""

    def __init__(self, names: Sequence[str], weights: Weights) -> None:
        self.names, self.weights = tuple(names), weights
        self.table = np.zeros((BUCKETS + 1, len(self.names)), np.float32)
        self.table[weights.used] = weights.buckets
        self.vocabulary, self.hashes = Vocabulary(), Hashes()
        self.words = Column(self._words)

    @classmethod
    def teach(
        cls,
        labels: Sequence[Label],
        judged: Sequence[Lesson] = (),
        *,
        usual: Sequence[str] = (),
        seed: int = 0,
    ) -> Tagger:
        """`judged` are people's verdicts on messages; `usual` are messages as they come, of which nobody said anything:
        a class that has a description alone is given to what lies nearer to it than nearly all of them. ValueError
        when a class has no example or description."""
        lessons = [*examples(labels), *judged]
        texts = list(dict.fromkeys(one.text for one in lessons))
        page = open_page(texts, Vocabulary())
        known = truth(labels, lessons, texts)
        weights = fit(text_buckets(page, Hashes()), text_meanings(page), known, seed)
        shown = Counter(one.name for one in lessons if one.belongs)
        described = np.array([shown[label.name] < LEAST_SHOWN for label in labels], bool)
        return cls([label.name for label in labels], weights).narrowed(described, usual)

    def narrowed(self, described: BoolArray, usual: Sequence[str]) -> Tagger:
        """Of classes that are only `described` (classes,), the bias is lowered until the USUAL-th part of the usual messages
        is given them, or fewer; never raised. What a class is must be rare beside all that people say."""
        texts = list(dict.fromkeys(usual))
        if len(texts) < ENOUGH_USUAL or not described.any():
            return self
        page = open_page(texts, Vocabulary())
        odds = np.clip(self._odds(page, self._pieces(page)).astype(np.float64), 1e-9, 1 - 1e-9)
        edge = np.quantile(odds, 1 - USUAL, axis=0)
        # The log odds of the last one that is left out become those of a coin.
        excess = np.maximum(np.log(edge / (1 - edge)), 0.0) / self.weights.slope
        bias = self.weights.bias - np.where(described, excess, 0.0)
        return Tagger(self.names, replace(self.weights, bias=bias.astype(np.float32)))

    @property
    def version(self) -> str:
        """Changes with whatever changes what is said."""
        digest = sha256(json.dumps([SCHEMA, encoders.default().name, self.names]).encode())
        for part in astuple(self.weights):
            digest.update(np.asarray(part).tobytes())
        return digest.hexdigest()[:12]

    def save(self, path: str | Path) -> None:
        """One npz file of arrays and JSON; it holds no text."""
        header = json.dumps({"schema": SCHEMA, "names": self.names}).encode()
        with Path(path).open("wb") as file:
            np.savez_compressed(file, header=np.frombuffer(header, np.uint8), **asdict(self.weights))

    @classmethod
    def load(cls, path: str | Path | BinaryIO) -> Tagger:
        with np.load(path, allow_pickle=False) as kept:
            header = json.loads(kept["header"].tobytes())
            if header.get("schema") != SCHEMA:
                raise ValueError(f"This tagger was saved with schema {header.get('schema')}, not {SCHEMA}.")
            arrays = {name: kept[name] for name in ("used", "buckets", "meanings", "bias")}
            weights = Weights(**arrays, slope=float(kept["slope"]), offset=float(kept["offset"]))
        return cls(header["names"], weights)

    def tag(self, texts: Sequence[str], *, at_least: float = ABSTAINS) -> list[list[Tag]]:
        """At most MOST of each, the surest first; empty where it abstains."""
        page = open_page(texts, self.vocabulary)
        pieces = self._pieces(page)
        odds = self._odds(page, pieces)
        order = np.argsort(-odds, axis=1, kind="stable")[:, :MOST]
        found: list[list[Tag]] = [[] for _ in texts]
        telling = self.hashes.telling.over(page.vocabulary)[page.word] if len(page.word) else np.zeros(0)
        for rank in range(order.shape[1]):
            chosen = order[:, rank]
            sure = odds[np.arange(len(odds)), chosen]
            given = np.flatnonzero(sure >= at_least)
            if not len(given):
                break
            spans = self._because(page, pieces, chosen, sure >= at_least, telling)
            for i in given.tolist():
                found[i].append(Tag(self.names[chosen[i]], round(float(sure[i]), 3), tuple(spans[i] or ())))
        return found

    def odds(self, texts: Sequence[str]) -> FloatArray:
        """(n, classes) the confidence in each class."""
        page = open_page(texts, self.vocabulary)
        return self._odds(page, self._pieces(page))

    def _odds(self, page: Page, pieces: FloatArray) -> FloatArray:
        margins = np.zeros((page.size, len(self.names)), np.float32)
        if len(pieces):
            margins = (page.total(pieces) * scale(page)[:, None]).astype(np.float32)
        logits = self.weights.slope * (margins + self.weights.bias) + self.weights.offset
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)

    def _pieces(self, page: Page) -> FloatArray:
        """(T, classes): what each piece gives to each class; a pair's gift is shared by its two."""
        if not len(page.word):
            return np.zeros((0, len(self.names)), np.float32)
        pieces = self.words.over(page.vocabulary)[page.word]
        first, bucket, weights = self.hashes.pairs(page)
        pairs = self.table[bucket] * (weights[:, None] / 2).astype(np.float32)
        pieces[first] += pairs
        pieces[first + 1] += pairs
        return np.asarray(pieces)

    def _words(self, words: Sequence[str]) -> FloatArray:
        hashed = word_buckets(words) @ self.table[:BUCKETS]
        return np.asarray(hashed + each(word_meanings(words), self.weights.meanings), np.float32)

    def _because(
        self, page: Page, pieces: FloatArray, chosen: IntArray, given: Array, telling: Array
    ) -> list[list[Span] | None]:
        """Of the texts that are given the class: the words that spoke for it more than for the others."""
        mine = np.flatnonzero(given[page.text] & (telling > 0))
        part = pieces[mine]
        own = part[np.arange(len(mine)), chosen[page.text[mine]]]
        weight = np.zeros(len(page.word), np.float32)
        weight[mine] = own - part.mean(axis=1)
        return strongest(page, weight, floor=0.0)
