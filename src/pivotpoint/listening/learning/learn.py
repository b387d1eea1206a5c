"""Learn from corrections: when there are new ones, a candidate reader is made and judged, and goes live or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet, Value

from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.prepared import Prepared
from pivotpoint.listening.events import READER_KEPT_BACK, READER_LEARNT
from pivotpoint.listening.learning.judge import Judged, Taught, judge
from pivotpoint.listening.learning.lessons import Lesson, examples_until, lessons_until
from pivotpoint.listening.learning.reader import context, keep, tidy
from pivotpoint.listening.models import Correction, ModelVersion, RelevanceExample, Trial
from textanalytics.reading import reading

SHARE, REST = 50, timedelta(minutes=10)
"""A candidate is due at once after one more judgement in fifty, and after REST for any."""
Verdict = ModelVersion.Verdict


@dataclass(frozen=True, slots=True)
class Known:
    """Judgements and examples that stand, and the last ones there are."""

    last: int
    count: int
    last_example: int
    examples: int

    @classmethod
    def now(cls) -> Known:
        """One question for both."""
        known = {kind: (last or 0, count) for kind, last, count in _all_standing()}
        return cls(*known.get(Correction.__name__, (0, 0)), *known.get(RelevanceExample.__name__, (0, 0)))

    @classmethod
    def by(cls, made: ModelVersion) -> Known:
        return cls(made.last_correction, made.corrections, made.last_example, made.examples)


@Prepared
def _all_standing() -> QuerySet[Any, tuple[str, int | None, int]]:
    return _standing(Correction).union(_standing(RelevanceExample), all=True)


def _standing(model: type[Correction | RelevanceExample]) -> QuerySet[Any, tuple[str, int | None, int]]:
    """Its name, the last one and how many stand; where there is none, no row or none as the last."""
    rows = model._default_manager.order_by().annotate(kind=Value(model.__name__)).values("kind")
    counted = rows.annotate(last=Max("pk"), count=Count("pk", filter=Q(undone_at=None)))
    return counted.values_list("kind", "last", "count")


def learn_if_due() -> ModelVersion | None:
    """Make and judge a reader with all judgements so far, unless that was done; returns the version if one was
    made."""
    now = Known.now()
    made = ModelVersion.objects.latest_made()
    if Known.by(made) == now if made else not (now.count or now.examples):
        return None
    live = ModelVersion.objects.live()
    withdrawn = live is not None and _knows_withdrawn(live)
    if made is not None and not withdrawn and _can_wait(now, made):
        return None
    return _learn(now, live, withdrawn=withdrawn)


def _can_wait(now: Known, made: ModelVersion) -> bool:
    """A few more judgements are learnt together. Who gives examples wants to see what they do."""
    if (made.last_example, made.examples) != (now.last_example, now.examples):
        return False
    news = max(abs(now.count - made.corrections), 1)
    return news * SHARE < made.corrections and clock.now() - made.made_at < REST


def _knows_withdrawn(live: ModelVersion) -> bool:
    """What was taken back or erased must not speak on, whatever the figures say."""
    known = Correction.objects.filter(pk__lte=live.last_correction, undone_at=None)
    told = RelevanceExample.objects.standing().filter(pk__lte=live.last_example)
    return known.count() < live.corrections or told.count() < live.examples


def _learn(now: Known, live: ModelVersion | None, *, withdrawn: bool) -> ModelVersion:
    said = Taught(lessons_until(now.last), examples_until(now.last_example))
    shipped = reading.Reader(context())
    judged = judge(shipped, said, _part(said.lessons, live))
    reader = shipped.learn([lesson.taught for lesson in said.lessons], said.examples)
    verdict = Verdict.WITHDRAWN if withdrawn else judged.verdict
    keep(reader)
    with transaction.atomic():
        if live is None:
            first(shipped)
        version = _row(reader.version, now, verdict, judged)
    tidy()
    return version


def _part(lessons: Sequence[Lesson], live: ModelVersion | None) -> Taught:
    """What the live reader knows of it."""
    if live is None:
        return Taught([])
    known = [lesson for lesson in lessons if lesson.pk is not None and lesson.pk <= live.last_correction]
    return Taught(known, examples_until(live.last_example))


def first(shipped: reading.Reader) -> None:
    """A row for the shipped reader, so that one can return to it."""
    ModelVersion.objects.get_or_create(version=shipped.version, defaults={"made_at": clock.now()})


def _row(name: str, now: Known, verdict: str, judged: Judged) -> ModelVersion:
    moment = clock.now()
    said = {
        "path": f"{name}.npz",
        "corrections": now.count,
        "last_correction": now.last,
        "examples": now.examples,
        "last_example": now.last_example,
        "made_at": moment,
        "verdict": verdict,
        "figures": judged.figures(),
    }
    version, _ = ModelVersion.objects.update_or_create(
        version=name, defaults=said, create_defaults={**said, "live_at": None}
    )
    Trial.objects.all().delete()
    Trial.objects.bulk_create(judged.trials(version))
    if verdict == Verdict.WORSE:
        record(READER_KEPT_BACK, version, corrections=now.count, **_short(version))
        return version
    version.live_at, version.live_by = moment, None
    version.save(update_fields=["live_at", "live_by"])
    record(READER_LEARNT, version, corrections=now.count, verdict=verdict, **_short(version))
    return version


def _short(version: ModelVersion) -> dict[str, int]:
    return {key: version.figures[key] for key in ("won", "lost")}
