"""What a few sentences say of whom a message is about: us, a rival, the trade, or nobody that matters (noise).

A text is read by the sentences that it means most like. How much nearer to another kind than to ours it must be is learnt
from our own sentences, each beside the others: of what is ours, one in twenty at most should be taken for another's. And
it must be as near to that kind's sentences as these are to one another, so that what is like nothing stays as it was.

>>> ours = [Example(text, "us") for text in ("my parcel is late", "the parcel came broken", "where is the parcel")]
>>> theirs = [Example(text, "noise") for text in ("goal in the final", "the match was won", "football tonight")]
>>> Examples([*ours, *theirs]).tell_apart
True
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.base import RELEVANCES, FloatArray, IntArray
from textanalytics.reading.corrections import Correction, key
from textanalytics.reading.features import word_meanings
from textanalytics.reading.relevance import Relevance
from textanalytics.sentiment import strengths
from textanalytics.words.blas import each
from textanalytics.words.page import Array, Column, Page, Vocabulary, open_page

US = RELEVANCES[0]
LEAST = 3
"""Sentences of ours, and of a kind that is not, from which on texts that are only like them are read by them."""
NEAREST = 3
LOST = 0.05
"""Of messages about us, the share that may be taken for another's, judged by our own sentences."""
SUREST = 0.95
FEELS = 1.5
"""Strength in the lexicons, of at most 4, from which a word is one of feeling."""
FOR_SURE = ("empty", "too short", "small talk")
"""Reasons that hold whatever the sentences say: there is nothing in the text that could be like them."""
READ_AS = {"noise": "elsewhere"}
"""The reason of a text that is about that kind, where it is another word."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as customers write it, and whom it is about."""

    text: str
    about: str

    def check(self) -> Example:
        """Itself, or ValueError with one sentence."""
        if self.about not in RELEVANCES:
            raise ValueError(f"A sentence is about {', '.join(RELEVANCES)}, not {self.about!r}.")
        return self

    def correction(self) -> Correction:
        """The same, and near copies, read as told."""
        if self.about in (US, "noise"):
            return Correction(self.text, "about_us", self.about == US)
        return Correction(self.text, "reason", self.about)


@dataclass(frozen=True)
class Lead:
    """Of n texts: how much nearer the nearest sentences of another kind are than ours, and which kind that is."""

    value: FloatArray
    kind: IntArray
    alike: FloatArray
    """(n, kinds) how near the nearest of each kind are."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Leads of our sentences and of the others, each left out in turn; `ours` and `others` are where one is sure."""

    ours: float
    others: float
    alike: FloatArray
    """(kinds,) how near the sentences of each are to one another."""
    slope: float
    middle: float


@dataclass(frozen=True, slots=True)
class Likest:
    """None where the text holds no word, or there are too few sentences; `near` is a cosine."""

    example: Example | None
    near: float


class Examples:
    """The latest word on the same text counts. Without enough sentences only their near copies follow them."""

    def __init__(self, examples: Sequence[Example] = ()) -> None:
        self.told = tuple({key(one.text): one.check() for one in examples}.values())
        self.kinds = tuple(kind for kind in RELEVANCES if self._count(kind) >= LEAST)
        if len(self.kinds) > 2:
            self.kinds = tuple(kind for kind in self.kinds if kind == US or self._differs(kind))
        self.texts = [one for one in self.told if one.about in self.kinds]
        self.kind = np.array([self.kinds.index(one.about) for one in self.texts], np.int64)
        self.words = Column(matters)
        self.rows = self.meanings(open_page([one.text for one in self.texts], Vocabulary()), Column(matters))
        enough = US in self.kinds and len(self.kinds) > 1
        self.bounds = self._bounds() if enough else None

    def __bool__(self) -> bool:
        return bool(self.told)

    @property
    def tell_apart(self) -> bool:
        """Whether there are enough of both sides, and they differ."""
        return self.bounds is not None

    def _differs(self, kind: str) -> bool:
        """Whether this kind alone differs from ours; one that does not must not silence the others."""
        return Examples([one for one in self.told if one.about in (US, kind)]).tell_apart

    def _count(self, kind: str) -> int:
        return sum(one.about == kind for one in self.told)

    @staticmethod
    def meanings(page: Page, words: Column) -> FloatArray:
        """(n, dimensions) unit rows; zeros for a text without a word."""
        sums = page.sum(words.over(page.vocabulary))
        return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), np.float32)

    def near(self, page: Page) -> FloatArray:
        """(n, sentences) cosines. Always of pages of one vocabulary: what its words mean is kept."""
        return np.asarray(each(self.meanings(page, self.words), self.rows.T), np.float32)

    def lead(self, near: FloatArray) -> Lead:
        """Of (n, sentences) cosines: how much nearer each text is to those about somebody else than to those about us,
        and who that is."""
        by_kind = np.stack([_nearest(near[:, self.kind == i]) for i in range(len(self.kinds))], axis=1)
        other = by_kind[:, 1:].argmax(axis=1) + 1
        return Lead(by_kind[np.arange(len(near)), other] - by_kind[:, 0], other, by_kind)

    def sure(self, lead: FloatArray) -> FloatArray:
        """(n,) how likely it is about somebody else, if both were as common; one half while nothing tells them apart."""
        slope, middle = (self.bounds.slope, self.bounds.middle) if self.bounds else (0.0, 0.0)
        odds = slope * (lead.astype(np.float64) - middle)
        return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))), np.float32)

    def weigh(self, page: Page, near: FloatArray, lead: Lead, i: int) -> Array:
        """(pieces of text i,) how much nearer each is to the sentences of the other kind than to ours, at most 1."""
        words = self.words.over(page.vocabulary)[page.word[slice(*np.searchsorted(page.text, [i, i + 1]))]]
        theirs, ours = (self._middle(near[i], kind) for kind in (int(lead.kind[i]), 0))
        weight = each(words, (theirs - ours)[:, None])[:, 0]
        return np.asarray(weight / max(float(np.abs(weight).max(initial=0)), 1e-9))

    def like(self, text: str) -> Likest:
        """The sentence that means most like it."""
        rows = self.meanings(open_page([text], Vocabulary()), Column(matters))
        near = (rows @ self.rows.T)[0]
        if not near.any():
            return Likest(None, 0.0)
        best = int(near.argmax())
        return Likest(self.texts[best], float(near[best]))

    def _middle(self, near: FloatArray, kind: int) -> FloatArray:
        places = np.flatnonzero(self.kind == kind)
        nearest = places[np.argsort(-near[places], kind="stable")[:NEAREST]]
        return np.asarray(self.rows[nearest].mean(axis=0), np.float32)

    def _bounds(self) -> Bounds | None:
        """None when the sentences do not differ: then nothing may be decided by them."""
        from scipy.special import stdtrit

        near = np.asarray(each(self.rows, self.rows.T), np.float64)
        np.fill_diagonal(near, -np.inf)
        leads = self._leads_held_out(near)
        kinds = [near[self.kind == i][:, self.kind == i] for i in range(len(self.kinds))]
        alike = np.array([_nearest(own).mean() for own in kinds], np.float32)
        ours, others = leads[self.kind == 0], leads[self.kind > 0]
        spread = max(float(np.sqrt((ours.var(ddof=1) + others.var(ddof=1)) / 2)), 1e-3)
        apart = float(others.mean() - ours.mean())
        if apart <= 0:
            return None

        def reach(some: Array) -> float:
            """Beyond this, one in LOST of them is to be expected (a prediction interval of so few)."""
            count = len(some)
            return float(stdtrit(count - 1, 1 - LOST) * some.std(ddof=1) * np.sqrt(1 + 1 / count))

        middle = float(others.mean() + ours.mean()) / 2
        return Bounds(
            max(float(ours.mean()) + reach(ours), middle),
            min(float(others.mean()) - reach(others), middle),
            alike,
            apart / spread**2,
            middle,
        )

    def _leads_held_out(self, near: Array) -> Array:
        """(sentences,) the lead of each beside the others. Of the other side one is left out as well, each in turn, or
        a sentence would always find more of the others than of its own."""
        own = np.empty(len(near))
        for i in range(len(self.kinds)):
            mine = self.kind == i
            theirs = np.stack(
                [_nearest_but_one(near[mine][:, self.kind == k]) for k in range(len(self.kinds)) if k != i]
            )
            beside = _nearest(near[mine][:, mine])
            if i == 0:
                own[mine] = theirs.max(axis=0) - beside
            else:
                own[mine] = beside - theirs[0]
        return own


def follow(examples: Examples, relevance: Relevance, page: Page) -> None:
    """Texts much more like another kind than like ours are about that one; texts much more like ours, about us.

    What names us stays ours. In doubt it is as it was.
    """
    if examples.bounds is None:
        return
    near = examples.near(page)
    lead = examples.lead(near)
    named = np.isin(np.arange(page.size), list(relevance.named))
    worded = near.any(axis=1) & ~np.isin(relevance.reason, FOR_SURE)
    like = lead.alike >= examples.bounds.alike
    theirs = like[np.arange(page.size), lead.kind] & (lead.value >= examples.bounds.ours)
    ours = like[:, 0] & (lead.value <= examples.bounds.others)
    away, back = worded & ~named & relevance.about_us & theirs, worded & ~relevance.about_us & ours
    sure = examples.sure(lead.value)
    for i in np.flatnonzero(away | back).tolist():
        kind = examples.kinds[int(lead.kind[i])]
        relevance.about_us[i], relevance.reason[i] = back[i], "" if back[i] else READ_AS.get(kind, kind)
        relevance.confidence[i] = min(SUREST, float(sure[i] if away[i] else 1 - sure[i]))
        own = slice(*np.searchsorted(page.text, [i, i + 1]))
        relevance.weight[own] = examples.weigh(page, near, lead, i) * (1 if away[i] else -1)


def matters(words: Sequence[str]) -> FloatArray:
    """(words, dimensions) what each means; nothing for words of feeling, which do not say whom a message is about."""
    calm = np.abs(strengths(words)).max(axis=1, initial=0) < FEELS
    return np.asarray(word_meanings(words) * calm[:, None], np.float32)


def _nearest(near: FloatArray) -> FloatArray:
    """(n,) the mean of the nearest; a sentence does not count beside itself (minus infinity)."""
    count = min(NEAREST, int(np.isfinite(near).sum(axis=1).min(initial=near.shape[1])))
    return np.asarray(-np.sort(-near, axis=1)[:, :count].mean(axis=1), near.dtype)


def _nearest_but_one(near: Array) -> Array:
    """(n,) the same without one of the sentences, on average over which."""
    ordered = -np.sort(-near, axis=1)
    first = ordered[:, :NEAREST].mean(axis=1)
    if near.shape[1] <= NEAREST:
        return np.asarray(first)
    return np.asarray(first - (first - ordered[:, NEAREST]) / near.shape[1])
