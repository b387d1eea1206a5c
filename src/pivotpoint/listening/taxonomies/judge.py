"""Is a taxonomy right more often for what people said of its classes? Asked of taggers that did not see the message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.reading.heldout import FOLDS, folds
from textanalytics.taught.several.lessons import Label, Lesson
from textanalytics.taught.several.tagger import ABSTAINS, Tagger

LEAST, AT_MOST = 10, 200
"""Verdicts from which on they tell something, and the latest that are asked about."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How often each was right: the candidate, and what reads now."""

    asked: int
    candidate: int
    before: int

    @property
    def worse(self) -> bool:
        """Where few were asked, what people said counts."""
        return self.asked >= LEAST and self.candidate < self.before


def tried(
    labels: Sequence[Label], now: Sequence[Lesson], known: Sequence[Lesson], *, usual: Sequence[str] = ()
) -> Tried:
    """Taggers that learn all of `now` beside taggers that learn only what is `known`, on the latest of `now`. A text and
    its near copies are never taught and asked about at once; `usual` messages that are asked about are not taught."""
    asked = list(now[-AT_MOST:])
    if len(asked) < LEAST:
        return Tried(len(asked), 0, 0)
    fold = folds([lesson.text for lesson in (*now, *known)])
    of_now, of_known = fold[: len(now)], fold[len(now) :]
    candidate = before = 0
    for number in range(FOLDS):
        questions = [
            lesson for lesson, mine in zip(asked, of_now[-len(asked) :], strict=True) if mine == number
        ]
        if questions:
            candidate += _right(labels, _without(now, of_now, number), questions, usual)
            before += _right(labels, _without(known, of_known, number), questions, usual)
    return Tried(len(asked), candidate, before)


def _without(lessons: Sequence[Lesson], fold: Sequence[int] | np.ndarray, number: int) -> list[Lesson]:
    return [lesson for lesson, mine in zip(lessons, fold, strict=True) if mine != number]


def _right(
    labels: Sequence[Label], lessons: Sequence[Lesson], questions: Sequence[Lesson], usual: Sequence[str]
) -> int:
    hidden = {one.text for one in questions}
    tagger = Tagger.teach(labels, lessons, usual=[text for text in usual if text not in hidden])
    odds = tagger.odds([one.text for one in questions])
    place = {name: i for i, name in enumerate(tagger.names)}
    said = [bool(odds[i, place[one.name]] >= ABSTAINS) for i, one in enumerate(questions)]
    return sum(yes == one.belongs for yes, one in zip(said, questions, strict=True))
