"""The encoder that is live, loaded once a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.listening.events import ENCODER_LIVE
from pivotpoint.listening.models import EncoderVersion
from textanalytics import encoders
from textanalytics.base import Encoder

Kind = EncoderVersion.Kind


def folder() -> Path:
    """Where distilled encoders are kept, below the data folder."""
    return Path(settings.DATA_FOLDER) / "encoders"


def place_of(row: EncoderVersion | None) -> str:
    """What `textanalytics.encoders.named` loads it by; "" for the shipped one, which no row stands for at first.

    One that was shipped before is loaded by its name.
    """
    if row is None or row.kind == Kind.SHIPPED:
        return "" if row is None or row.name == shipped_name() else row.name
    return str(folder() / row.place) if row.kind == Kind.DISTILLED else encoders.exactly(row.place, row.name)


def live_place() -> str:
    return place_of(EncoderVersion.objects.live())


def live_encoder() -> Encoder:
    return loaded(EncoderVersion.objects.live())


def loaded(row: EncoderVersion | None) -> Encoder:
    """ValueError with one sentence when it is gone, or when there is another model in its place by now.

    Then nothing is gathered: vectors of two encoders cannot be compared, so none stands in for another.
    """
    place = place_of(row)
    found = _at(place)
    if row is not None and place and found.name != row.name:
        raise ValueError(f"In {place} there is {found.name} now, not {row.name}.")
    return found


@lru_cache(maxsize=2)
def _at(place: str) -> Encoder:
    return encoders.named(place)


def shipped_name() -> str:
    return encoders.default().name


def shipped() -> EncoderVersion:
    """The row of the shipped one."""
    own = encoders.default()
    values = {"kind": Kind.SHIPPED, "dimensions": own.dimensions}
    return EncoderVersion.objects.get_or_create(name=own.name, defaults=values)[0]


def go_live(row: EncoderVersion | None) -> None:
    """In the transaction that puts its vectors in place."""
    before = EncoderVersion.objects.live()
    row = row or shipped()
    row.live_at = clock.now()
    row.save(update_fields=["live_at"])
    record(ENCODER_LIVE, row, encoder=row.name, before=before.name if before else shipped_name())
