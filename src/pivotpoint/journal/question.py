"""A query to the journal (who, what, about what, until when), used by the page and the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from pivotpoint.journal.models import Event

LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Question:
    """Empty fields do not restrict the answer.

    `name` is an event or the stage of many ("pivot"); `by` a kind of actor, or one of them ("user:7"); `about` a kind of
    subject, or one of them ("pivot.loop:12"); `until` the last day ("2026-11-28"). ValidationError says what is wrong.
    """

    name: str = ""
    by: str = ""
    about: str = ""
    until: str = ""

    def answers(self) -> QuerySet[Event]:
        rows = Event.objects.all()
        if self.name:
            rows = (
                rows.filter(name=self.name)
                if "." in self.name
                else rows.filter(name__startswith=f"{self.name}.")
            )
        for field, value in (("actor", self.by), ("subject", self.about)):
            kind, number = _one("by" if field == "actor" else "about", value)
            rows = rows.filter(**{f"{field}_kind": kind}) if kind else rows
            rows = rows if number is None else rows.filter(**{f"{field}_id": number})
        return rows.filter(at__lt=self._end()) if self.until else rows

    def _end(self) -> datetime:
        try:
            day = parse_date(self.until)
        except ValueError:
            day = None
        if day is None or day.year >= 9999:
            raise ValidationError(f"until is a day such as 2026-11-28, not {self.until[:40]}.")
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _one(name: str, value: str) -> tuple[str, int | None]:
    """A kind, and the number of one of them."""
    kind, _, number = value.partition(":")
    if not number and ":" not in value:
        return kind, None
    if not (kind and number.isdecimal() and int(number) <= LARGEST):
        raise ValidationError(f"{name} is a kind, or a kind and a number such as user:7, not {value[:40]}.")
    return kind, int(number)
