"""Classes of an organisation's own, any number of which a text may have; taught by a few sentences each.

What a text is like, and its words, speak for each class by itself, and so do its sentences and clauses; each decision shows its words.
What has a class has those that the class is part of.

>>> late = Label("late", "The parcel comes too late.", ("Where is my parcel?", "It should have come on Monday."))
>>> bill = Label("bill", "What was charged.", ("I was charged twice.", "The invoice is wrong."))
>>> [[tag.name for tag in tags] for tags in Tagger.teach([late, bill]).tag(["charged twice on the invoice"])]
[['bill']]
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, fields, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import BinaryIO

import numpy as np

from textanalytics import encoders
from textanalytics.base import BoolArray, FloatArray, IntArray, Span
from textanalytics.reading.evidence import strongest
from textanalytics.reading.features import BUCKETS, text_buckets, word_buckets, word_meanings
from textanalytics.taught.several.fit import BAR, SLOPE, Texts, Weights, fit
from textanalytics.taught.several.lessons import Label, Lesson, above, examples, truth
from textanalytics.taught.several.look import Look, Looker
from textanalytics.words import archive
from textanalytics.words.blas import each
from textanalytics.words.page import Array, Column

SCHEMA = 4
ABSTAINS = 0.5
"""A class is given from these odds on, where most is found for what is given wrongly; below them the tagger says nothing."""
MOST = 3
"""Classes given to one text, beside those that they are part of."""
USUAL = 1 / 80
"""Part of the usual messages to which a class is given that has a description alone: one matter of very many. Its own
examples say better how wide it is."""
PART = 0.8
"""Log odds that a part of a text is held to be less than it looks: it says less than a whole text of that kind. Of two questions of
BANKING77 in one message .53 of their classes are found, by the whole alone .23; of one question as many as before."""
LIKELY = 0.1
"""Odds of the whole text from which on its parts are asked: what people said of it to be nothing of the kind has less."""
ENOUGH_USUAL = 200
"""Different messages below which nobody knows what is usual."""
LEAST_SHOWN = 3
"""Texts that have a class, its description among them, from which on its width is taken from them."""
MEANT = 0.3
"""A word's meaning beside the word itself, where the words that decided are shown."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One class of one text, how often such a one is right (0 to 1), the words that decided, and whether it is given or only
    the next likely."""

    name: str
    confidence: float
    evidence: tuple[Span, ...] = ()
    given: bool = True


class Tagger:
    """`tag` depends on the text alone. Its words' weights are worked out once each, when first met."""

    def __init__(self, names: Sequence[str], weights: Weights, parents: Sequence[str] = ()) -> None:
        """`parents`: of each class the name of the one that it is part of, "" for none; empty where no class has one."""
        self.names, self.weights = tuple(names), weights
        self.parents = tuple(parents) or ("",) * len(self.names)
        self._above = dict(zip(self.names, above(self.names, self.parents), strict=True))
        self.table = np.zeros((BUCKETS + 1, len(self.names)), np.float32)
        self.table[weights.used] = weights.buckets
        self.looker = Looker()
        self.words, self.meant = Column(self._words), Column(self._meant)
        self.asking = RLock()
        """What is known of words grows: one thread at a time, from the look to the answer."""

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
        what a class is must be rare beside all that people say. ValueError when a class has no example or description."""
        lessons = [*examples(labels), *judged]
        texts = list(dict.fromkeys(one.text for one in lessons))
        usual = list(dict.fromkeys(usual)) if len(set(usual)) >= ENOUGH_USUAL else []
        told = set(texts)
        others = [text for text in usual if text not in told]
        looker = Looker()
        weights = fit(_texts(looker, texts), _texts(looker, others), truth(labels, lessons, texts), seed)
        shown = Counter(one.name for one in lessons if one.belongs)
        described = np.array([shown[label.name] < LEAST_SHOWN for label in labels], bool)
        names, parents = [label.name for label in labels], [label.parent for label in labels]
        return cls(names, weights, parents).narrowed(described, usual)

    def narrowed(self, described: BoolArray, usual: Sequence[str]) -> Tagger:
        """Of classes that are only `described` (classes,), the bias is lowered until the USUAL-th part of the usual messages
        is given them, or fewer; never raised."""
        if not usual or not described.any():
            return self
        look = self.looker.look(usual)
        edge = np.quantile(_of_texts(look, self._scores(look)), 1 - USUAL, axis=0)
        excess = np.where(described, np.maximum(edge - BAR, 0.0), 0.0)
        lower = replace(self.weights, bias=(self.weights.bias - excess).astype(np.float32))
        return Tagger(self.names, lower, self.parents)

    @cached_property
    def version(self) -> str:
        """Changes with whatever changes what is said."""
        digest = sha256(json.dumps([SCHEMA, encoders.default().name, self.names, self.parents]).encode())
        for part in astuple(self.weights):
            digest.update(np.asarray(part).tobytes())
        return digest.hexdigest()[:12]

    def save(self, path: str | Path) -> None:
        """One npz file of arrays and JSON; it holds no text."""
        header = {"schema": SCHEMA, "encoder": encoders.default().name}
        names = {"names": self.names, "parents": self.parents}
        archive.write(path, header | names, asdict(self.weights))

    @classmethod
    def load(cls, path: str | Path | BinaryIO) -> Tagger:
        """ValueError with one sentence when it was saved by another release or beside another encoder: teach it again."""
        with archive.opened(path, "This tagger was", SCHEMA) as (header, kept):
            now = encoders.default().name
            if header["encoder"] != now:
                raise ValueError(f"This tagger was taught beside the encoder {header['encoder']}, not {now}.")
            weights = Weights(*(kept[field.name] for field in fields(Weights)))
            return cls(header["names"], weights, header["parents"])

    def tag(self, texts: Sequence[str], *, at_least: float = ABSTAINS) -> list[list[Tag]]:
        """At most MOST of each, the surest first, and behind them those that they are part of; empty where it abstains."""
        with self.asking:
            return self._tags(self.looker.look(texts), at_least)

    def tag_look(self, look: Look, *, at_least: float = ABSTAINS) -> list[list[Tag]]:
        """The same of texts that were looked at already, with whatever looker."""
        with self.asking:
            return self._tags(look, at_least)

    def _tags(self, look: Look, at_least: float) -> list[list[Tag]]:
        pieces = self._pieces(look)
        scores = self._scores(look, pieces)
        odds = _odds(_of_texts(look, scores))
        sure = self._closed(self.sure(odds))
        order = np.argsort(-odds, axis=1, kind="stable")[:, :MOST]
        found: list[list[Tag]] = [[] for _ in range(look.size)]
        for rank in range(order.shape[1]):
            chosen = order[:, rank]
            likely = odds[np.arange(len(odds)), chosen]
            given = np.flatnonzero(likely >= at_least)
            if not len(given):
                break
            rows = _speaking(look, scores, chosen)
            spans = self._because(look, pieces, chosen[look.of], rows[given])
            for i in given.tolist():
                honest = round(float(sure[i, chosen[i]]), 3)
                since = int(look.since[rows[i]])
                evidence = tuple((start + since, end + since) for start, end in spans[rows[i]] or ())
                found[i].append(Tag(self.names[chosen[i]], honest, evidence, bool(likely[i] >= ABSTAINS)))
        return [self._with_parents(tags, sure[i]) for i, tags in enumerate(found)]

    def _with_parents(self, tags: list[Tag], sure: FloatArray) -> list[Tag]:
        """And what the given ones are part of, by the same words; it may be among them as one that is only likely."""
        given = {tag.name for tag in tags if tag.given}
        more: dict[str, Tag] = {}
        for tag in tags:
            for place in self._above[tag.name] if tag.given else ():
                if (name := self.names[place]) not in given:
                    more.setdefault(name, Tag(name, round(float(sure[place]), 3), tag.evidence))
        return [*(tag for tag in tags if tag.name not in more), *more.values()] if more else tags

    def odds(self, texts: Sequence[str]) -> FloatArray:
        """(n, classes) by which each class is given, or not: one is as likely as what is part of it, at least."""
        with self.asking:
            look = self.looker.look(texts)
            return self._closed(_odds(_of_texts(look, self._scores(look))))

    def _closed(self, each_class: FloatArray) -> FloatArray:
        """(n, classes) where no class has less than one that is part of it."""
        closed = each_class.copy()
        for child, parents in enumerate(self._above.values()):
            for parent in parents:
                closed[:, parent] = np.maximum(closed[:, parent], each_class[:, child])
        return closed

    def sure(self, odds: FloatArray) -> FloatArray:
        """(n, classes) of such odds, how often the class is right: less than they look while few sentences tell what it is."""
        return np.asarray(odds / (odds + (1 - odds) * np.exp(self.weights.doubt)), np.float32)

    def _scores(self, look: Look, pieces: FloatArray | None = None) -> Array:
        """(rows, classes) about one for what all sentences of a class are like, about zero for the others; a part's are lower."""
        pieces = self._pieces(look) if pieces is None else pieces
        words = look.page.total(pieces) * look.scale[:, None] if len(pieces) else 0.0
        is_part = np.arange(len(look.of)) >= look.size
        lower = np.float32(PART / SLOPE) * is_part[:, None]
        return np.asarray(self.weights.scores(look.meanings) + words + self.weights.bias - lower)

    def _pieces(self, look: Look) -> FloatArray:
        """(T, classes): what each piece gives to each class; a pair's gift is shared by its two."""
        if not len(look.page.word):
            return np.zeros((0, len(self.names)), np.float32)
        pieces = self.words.over(look.page.vocabulary)[look.page.word]
        first, bucket, weights = look.pairs
        pairs = self.table[bucket] * (weights[:, None] / 2).astype(np.float32)
        pieces[first] += pairs
        pieces[first + 1] += pairs
        return np.asarray(pieces)

    def _because(
        self, look: Look, pieces: FloatArray, chosen: IntArray, rows: IntArray
    ) -> list[list[Span] | None]:
        """Of these rows: the words that spoke for the class `chosen` (rows,) more than for the others, by themselves and by what
        they mean."""
        is_given = np.zeros(look.page.size, bool)
        is_given[rows] = True
        mine = np.flatnonzero(is_given[look.page.text] & look.telling)
        part = pieces[mine] + self.meant.over(look.page.vocabulary)[look.page.word[mine]]
        weight = np.zeros(len(look.page.word), np.float32)
        weight[mine] = part[np.arange(len(mine)), chosen[look.page.text[mine]]] - part.mean(axis=1)
        return strongest(look.page, weight, floor=0.0)

    def _words(self, words: Sequence[str]) -> FloatArray:
        return np.asarray(word_buckets(words) @ self.table[:BUCKETS], np.float32)

    def _meant(self, words: Sequence[str]) -> FloatArray:
        """(words, classes) what the meaning of each does to a text of a usual length."""
        return np.asarray(
            each(word_meanings(words), self.weights.directions() * np.float32(MEANT)), np.float32
        )


def tag_each(taggers: Sequence[Tagger], texts: Sequence[str]) -> list[list[list[Tag]]]:
    """What each tagger gives to the texts, which are looked at once."""
    if not taggers:
        return []
    with taggers[0].asking:
        look = taggers[0].looker.look(texts)
        return [tagger.tag_look(look) for tagger in taggers]


LEAST_LIKELY = BAR + np.log(LIKELY / (1 - LIKELY)) / SLOPE


def _odds(scores: Array) -> FloatArray:
    logits = SLOPE * (scores - BAR)
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)


def _of_texts(look: Look, scores: Array) -> Array:
    """(n, classes) the most of a text and its parts, out of the scores of rows; of the text alone, where it is not likely at all."""
    own, of = scores[: look.size], look.of[look.size :]
    most = own.copy()
    np.maximum.at(most, of, np.where(own[of] >= LEAST_LIKELY, scores[look.size :], own[of]))
    return most


def _speaking(look: Look, scores: Array, chosen: IntArray) -> IntArray:
    """(n,) the row that speaks most for the class `chosen` (n,) of its text; the whole of two that do alike."""
    of_class = scores[np.arange(len(look.of)), chosen[look.of]]
    order = np.lexsort((np.arange(len(look.of)), -of_class, look.of))
    return np.asarray(order[np.searchsorted(look.of[order], np.arange(look.size))])


def _texts(looker: Looker, texts: Sequence[str]) -> Texts:
    look = looker.look_whole(texts)
    return Texts(text_buckets(look.page, looker.hashes), look.meanings)
