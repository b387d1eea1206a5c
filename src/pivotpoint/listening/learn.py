"""Corrections teach: each time there is something new to learn, a candidate is made, judged, and goes live or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Max, Q

from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.listening.events import READER_KEPT_BACK, READER_LEARNT
from pivotpoint.listening.judge import Judged, judge
from pivotpoint.listening.lessons import lessons_until
from pivotpoint.listening.models import Correction, ModelVersion, Trial
from pivotpoint.listening.reader import context, keep, tidy
from textanalytics import reading

SHARE, REST = 50, timedelta(minutes=10)
"""A candidate is due at once after one more judgement in fifty, and after REST for any."""
Verdict = ModelVersion.Verdict


@dataclass(frozen=True, slots=True)
class Known:
    """Judgements that stand, and the last one there is."""

    last: int
    count: int


def learn_if_due() -> ModelVersion | None:
    """Make and judge the reader that knows the corrections of now, unless that was done; the version, if one was."""
    state = Correction.objects.aggregate(last=Max("pk"), count=Count("pk", filter=Q(undone_at=None)))
    now = Known(state["last"] or 0, state["count"])
    made = ModelVersion.objects.latest_made()
    if (made.last_correction, made.corrections) == (now.last, now.count) if made else not now.count:
        return None
    live = ModelVersion.objects.live()
    withdrawn = live is not None and _knows_withdrawn(live)
    if made is not None and not withdrawn and _can_wait(now, made):
        return None
    return _learn(now, live, withdrawn=withdrawn)


def _can_wait(now: Known, made: ModelVersion) -> bool:
    """A few more judgements are learnt together."""
    news = max(abs(now.count - made.corrections), 1)
    return news * SHARE < made.corrections and clock.now() - made.made_at < REST


def _knows_withdrawn(live: ModelVersion) -> bool:
    """What was taken back or erased must not speak on, whatever the figures say."""
    known = Correction.objects.filter(pk__lte=live.last_correction, undone_at=None)
    return known.count() < live.corrections


def _learn(now: Known, live: ModelVersion | None, *, withdrawn: bool) -> ModelVersion:
    lessons = lessons_until(now.last)
    shipped = reading.Reader(context())
    known = [lesson for lesson in lessons if live is not None and lesson.pk <= live.last_correction]
    judged = judge(shipped, lessons, known)
    reader = shipped.learn([lesson.taught for lesson in lessons])
    verdict = Verdict.WITHDRAWN if withdrawn else judged.verdict
    keep(reader)
    with transaction.atomic():
        if live is None:
            first(shipped)
        version = _row(reader.version, now, verdict, judged)
    tidy()
    return version


def first(shipped: reading.Reader) -> None:
    """A row for the shipped reader, so that one can return to it."""
    ModelVersion.objects.get_or_create(version=shipped.version, defaults={"made_at": clock.now()})


def _row(name: str, now: Known, verdict: str, judged: Judged) -> ModelVersion:
    moment = clock.now()
    said = {
        "path": f"{name}.npz",
        "corrections": now.count,
        "last_correction": now.last,
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
