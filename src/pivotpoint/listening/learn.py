"""Corrections teach: a new reader goes live as soon as there is something new to learn."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, Max, Q

from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.listening.events import READER_LEARNT
from pivotpoint.listening.models import Correction, ModelVersion
from pivotpoint.listening.models.correction import YES
from pivotpoint.listening.reader import context, folder
from textanalytics import reading
from textanalytics.base import FUNCTIONS

AT_MOST = 5_000
"""Corrections that a reader learns from, the latest ones: enough for years, and bounded."""


def learn_if_due() -> ModelVersion | None:
    """Make the reader that knows the corrections of now, unless the live one is that; the new version."""
    state = Correction.objects.aggregate(last=Max("pk"), count=Count("pk", filter=Q(undone_at=None)))
    last, count = state["last"] or 0, state["count"]
    live = ModelVersion.objects.first()
    known = (live.last_correction, live.corrections) if live else (0, 0)
    return None if known == (last, count) else _learn(last, count)


def _learn(last: int, count: int) -> ModelVersion:
    rows = Correction.objects.filter(undone_at=None, pk__lte=last).order_by("-pk")
    told = rows.values_list("message__text", "field", "value")[:AT_MOST]
    taught = [_lesson(*row) for row in reversed(told) if teachable(*row[1:])]
    reader = reading.Reader(context()).learn(taught)
    _keep(reader)
    with transaction.atomic():
        version, _ = ModelVersion.objects.update_or_create(
            version=reader.version,
            defaults={
                "path": f"{reader.version}.npz",
                "corrections": count,
                "last_correction": last,
                "live_at": clock.now(),
            },
        )
        record(READER_LEARNT, version, corrections=count)
    return version


def teachable(field: str, value: str) -> bool:
    """An organisation's own functions are stored, but the shipped reader has no words for them."""
    return field != "function" or value in ("", *FUNCTIONS)


def _lesson(text: str, field: str, value: str) -> reading.Correction:
    return reading.Correction(text, field, value == YES if field in ("about_us", "actionable") else value)


def _keep(reader: reading.Reader) -> None:
    """Saved beside its place first, so that a kill never leaves half a reader there."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    place = folder() / f"{reader.version}.npz"
    beside = place.with_suffix(".new")
    reader.save(beside)
    beside.replace(place)
