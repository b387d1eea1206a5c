"""Correct and confirm readings. A reading changes at once; the reader learns before the next batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts import moods
from pivotpoint.accounts.models import Team
from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.channels.models import Message
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.listening import apart
from pivotpoint.listening.doubt import doubt
from pivotpoint.listening.events import READING_CONFIRMED, READING_CORRECTED
from pivotpoint.listening.models import Correction, Reading
from pivotpoint.listening.models.correction import INSTEAD, NO, YES, about, why_not
from textanalytics.base import INTENTS, MOODS

FEELING = {"negative": -0.5, "neutral": 0.0, "positive": 0.5}
"""The sentiment of a corrected mood, when the reader's own figure says something else."""
FIELDS = ("mood", "intent", "about_us", "actionable", "function", "language")


def choices(field: str) -> list[str]:
    """What a field may be corrected to; empty for a language, which is any two-letter code."""
    if field == "function":
        return ["", *Team.objects.values_list("key", flat=True)]
    return {
        "mood": list(MOODS),
        "intent": list(INTENTS),
        "about_us": [YES, NO, *INSTEAD],
        "actionable": [YES, NO],
    }.get(field, [])


@transaction.atomic
def correct(message: Message, field: str, value: str, *, by: Any) -> Correction:
    """Store the correction and apply it. ValidationError says in one sentence what may be chosen."""
    demand(by, "reading.correct")
    _check(field, value)
    reading = _locked(message)
    correction = Correction.objects.create(message=message, by=user_of(by), **_judged(reading, field, value))
    _apply(reading, field, value)
    _record(reading, correction, by)
    if field == "about_us":
        apart.look_again(message, by=by)
    return correction


@transaction.atomic
def confirm(message: Message, fields: Sequence[str] = FIELDS, *, by: Any) -> list[Correction]:
    """Confirm these fields: stored like corrections, with the value that was read and one moment. Fields that were
    judged before stay."""
    demand(by, "reading.correct")
    if unknown := [field for field in fields if field not in FIELDS]:
        _check(unknown[0], "")
    reading = _locked(message)
    off = set() if moods.shown() else {"mood"}
    known = off | set(message.corrections.filter(undone_at=None).values_list("field", flat=True))
    made, at = [], clock.now()
    for field in [name for name in fields if name not in known]:
        judged = _judged(reading, field, _said(reading, field))
        made.append(Correction.objects.create(message=message, by=user_of(by), at=at, **judged))
        reading.confidence[field] = 1.0
    if made:
        reading.doubt = doubt(reading.confidence)
        reading.save(update_fields=["confidence", "doubt"])
        record(READING_CONFIRMED, reading, by=by, fields=[one.field for one in made])
    return made


def _locked(message: Message) -> Reading:
    reading = Reading.objects.select_for_update().filter(pk=message.pk).first()
    if reading is None:
        raise ValidationError("This message has not been read yet; try again in a moment.")
    return reading


def _judged(reading: Reading, field: str, value: str) -> dict[str, Any]:
    """What a judgement keeps of the reading as it was."""
    return {
        "field": field,
        "was": _said(reading, field),
        "value": value,
        "before": _before(reading, field),
    }


@transaction.atomic
def undo(correction: Correction, *, by: Any) -> None:
    """Put the reading back to what it was before; a correction that was undone already stays so."""
    demand(by, "reading.correct")
    now = clock.now()
    if not Correction.objects.filter(pk=correction.pk, undone_at=None).update(undone_at=now):
        return
    correction.undone_at = now
    reading = Reading.objects.select_for_update().get(pk=correction.message_id)
    later = Correction.objects.filter(
        message=correction.message_id, field=correction.field, undone_at=None, pk__gt=correction.pk
    ).order_by("pk")
    if (newer := later.first()) is not None:
        newer.before, newer.was = correction.before, correction.was
        newer.save(update_fields=["before", "was"])
    else:
        _put_back(reading, correction)
    _record(reading, correction, by, undone=True)
    if correction.field == "about_us":
        apart.look_again(correction.message, by=by)


def _check(field: str, value: str) -> None:
    if field not in FIELDS:
        raise ValidationError(
            f"A reading has no {field or 'nameless field'}; correct one of {', '.join(FIELDS)}."
        )
    if field == "mood" and not moods.shown():
        raise ValidationError("Moods are switched off here; an administrator can switch them on.")
    allowed = choices(field)
    if allowed and value not in allowed:
        raise ValidationError(
            f"{field} is one of {', '.join(filter(None, allowed))}, not {value or 'empty'}."
        )
    if field == "language" and not (len(value) in (2, 3) and value.isascii() and value.isalpha()):
        raise ValidationError("language is a two-letter code such as en, de or fr.")


def _said(reading: Reading, field: str) -> str:
    value = getattr(reading, field)
    if field == "about_us":
        return about(value, reading.reason)
    return (YES if value else NO) if isinstance(value, bool) else str(value)


def _before(reading: Reading, field: str) -> dict[str, Any]:
    return {
        "value": getattr(reading, field),
        "confidence": reading.confidence.get(field),
        "evidence": reading.evidence.get(field, []),
        "sentiment": reading.sentiment,
        "reason": reading.reason,
        "version": reading.version,
    }


def _apply(reading: Reading, field: str, value: str) -> None:
    setattr(reading, field, value == YES if field in ("about_us", "actionable") else value)
    reading.confidence[field] = 1.0
    reading.evidence.pop(field, None)
    if field == "mood" and (reading.sentiment > 0.05) - (reading.sentiment < -0.05) != MOODS.index(value) - 1:
        reading.sentiment = FEELING[value]
    if field == "about_us":
        reading.reason = why_not(value, reading.reason)
    reading.corrected = reading.message.corrections.changed().exists()
    reading.doubt = doubt(reading.confidence)
    reading.save()


def _put_back(reading: Reading, correction: Correction) -> None:
    before, field = correction.before, correction.field
    setattr(reading, field, before["value"])
    if field == "mood":
        reading.sentiment = before["sentiment"]
    if field == "about_us":
        reading.reason = before["reason"]
    reading.confidence[field] = before["confidence"]
    reading.evidence[field] = before["evidence"]
    reading.corrected = reading.message.corrections.changed().exists()
    reading.doubt = doubt(reading.confidence)
    reading.save()


def _record(reading: Reading, correction: Correction, by: Any, *, undone: bool = False) -> None:
    record(
        READING_CORRECTED,
        reading,
        by=by,
        field=correction.field,
        was=correction.was,
        value=correction.value,
        undone=undone,
    )
