"""Cross-validate a candidate reader: is it right more often on people's judgements that it has not seen?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pivotpoint.listening.learning.lessons import Lesson
from pivotpoint.listening.models import ModelVersion, Trial
from pivotpoint.listening.models.correction import about
from textanalytics.reading import reading
from textanalytics.reading.heldout import Answer, held_out

AT_MOST = 1_000
"""Judgements that a candidate is asked about, the latest ones."""
LEAST = 10
"""Fewer tell nothing: then what people said counts, and the candidate goes live."""
Verdict = ModelVersion.Verdict
ROW = {"reason": "about_us"}
"""Where it is counted that something is about somebody else."""


@dataclass(frozen=True, slots=True)
class Judged:
    """`lessons` were asked about; the answers are in their order: the candidate's, and of what was live."""

    lessons: Sequence[Lesson]
    candidate: Sequence[Answer]
    before: Sequence[Answer]

    @property
    def verdict(self) -> str:
        """Not worse: of the judgements on which the two differ, the candidate has at least half right."""
        if len(self.lessons) < LEAST:
            return Verdict.TOO_FEW
        won, lost = self.differ()
        return Verdict.NOT_WORSE if won >= lost else Verdict.WORSE

    def differ(self) -> tuple[int, int]:
        """How often only the candidate was right, and how often only the other."""
        pairs = list(zip(self.candidate, self.before, strict=True))
        return (
            sum(ours.right and not theirs.right for ours, theirs in pairs),
            sum(theirs.right and not ours.right for ours, theirs in pairs),
        )

    def figures(self) -> dict[str, Any]:
        """By judgement: asked, and how many each had right; "all" is their sum."""
        found: dict[str, dict[str, int]] = {}
        for lesson, ours, theirs in zip(self.lessons, self.candidate, self.before, strict=True):
            for name in ("all", ROW.get(lesson.taught.field, lesson.taught.field)):
                row = found.setdefault(name, {"asked": 0, "right": 0, "right_before": 0})
                row["asked"] += 1
                row["right"] += ours.right
                row["right_before"] += theirs.right
        won, lost = self.differ()
        return {"by": found, "won": won, "lost": lost}

    def trials(self, version: ModelVersion) -> list[Trial]:
        return [
            Trial(
                version=version,
                correction_id=lesson.pk,
                said=_said(ours.said, lesson.taught.field),
                sure=round(ours.sure, 4),
                right=ours.right,
                right_before=theirs.right,
            )
            for lesson, ours, theirs in zip(self.lessons, self.candidate, self.before, strict=True)
            if lesson.pk is not None
        ]


@dataclass(frozen=True, slots=True)
class Taught:
    """What a reader knows of people: judgements on messages, and sentences given as examples."""

    lessons: Sequence[Lesson]
    examples: Sequence[reading.Example] = ()

    def held_out(self, reader: reading.Reader, questions: Sequence[reading.Correction]) -> list[Answer]:
        told = [lesson.taught for lesson in self.lessons]
        return held_out(reader, told, questions, examples=self.examples)


def judge(reader: reading.Reader, now: Taught, known: Taught) -> Judged:
    """A reader that learns all of `now` beside one that learns only what is `known`, on the latest judgements and on every
    sentence of `now`."""
    asked = [*now.lessons[-AT_MOST:], *(Lesson(None, one.correction()) for one in now.examples)]
    questions = [lesson.taught for lesson in asked]
    ours = now.held_out(reader, questions)
    theirs = ours if known == now else known.held_out(reader, questions)
    return Judged(asked, ours, theirs)


def _said(value: str | bool | float, field: str) -> str:
    if field == "reason":
        return about(value == "", str(value))
    return str(value).lower() if isinstance(value, bool) else str(value)
