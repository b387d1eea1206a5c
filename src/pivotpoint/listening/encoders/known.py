"""Encoders that are known here: the shipped one, distilled ones, and models that somebody named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.journal.record import record
from pivotpoint.listening.encoders.live import shipped
from pivotpoint.listening.events import ENCODER_MADE
from pivotpoint.listening.models import EncoderVersion
from textanalytics import encoders
from textanalytics.base import Encoder

Kind = EncoderVersion.Kind


def known_to(user: Any) -> QuerySet[EncoderVersion]:
    """The shipped one is always among them."""
    shipped()
    return EncoderVersion.objects.visible_to(user)


def known(name: str) -> EncoderVersion | None:
    return shipped() if name == encoders.default().name else EncoderVersion.objects.filter(name=name).first()


def introduce(place: str, *, by: Any) -> EncoderVersion:
    """The row of a model by its name or folder; it is loaded once, to see that it runs."""
    demand(by, "reading.manage")
    place, way = encoders.parted(place)
    place = str(Path(place).resolve()) if Path(place).is_dir() else place
    try:
        model = encoders.named(place + way, fetch=True)
    except ValueError as refusal:
        raise ValidationError(str(refusal)) from None
    return note(model, Kind.MODEL, place, {}, by=by)


@transaction.atomic
def note(model: Encoder, kind: str, place: str, provenance: dict[str, Any], *, by: Any) -> EncoderVersion:
    """The same model twice is one row; where it was found last is where it is loaded from."""
    values = {"kind": kind, "place": place, "dimensions": model.dimensions}
    row = EncoderVersion.objects.filter(name=model.name).first()
    if row is not None:
        EncoderVersion.objects.filter(pk=row.pk).update(**values)
        row.refresh_from_db()
        return row
    row = EncoderVersion.objects.create(name=model.name, provenance=provenance, made_by=user_of(by), **values)
    record(ENCODER_MADE, row, by=by, encoder=row.name, kind=row.kind)
    return row
