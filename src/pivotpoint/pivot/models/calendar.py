"""When a function works: the hours in which a pivot's targets are counted."""

from __future__ import annotations

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.pivot.calendar import OpenHours


class CalendarQuerySet(SeenWith, models.QuerySet["Calendar"]):
    """Everybody inside may know when somebody works."""

    seen_with = "desk.view"


class Calendar(models.Model):
    """`week` is seven lists of [opens, closes] in minutes, Monday first (calendar.Shift)."""

    name = models.CharField(max_length=80, unique=True)
    zone = models.CharField(max_length=60, default="UTC", help_text="A time zone's name: Europe/Berlin.")
    week = models.JSONField(default=list)
    teams: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "accounts.Team", blank=True, related_name="calendars"
    )

    objects = CalendarQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def hours(self) -> OpenHours:
        """As `OpenHours`; one query for the holidays unless they are prefetched."""
        week = tuple(tuple((opens, closes) for opens, closes in day) for day in self.week)
        return OpenHours(ZoneInfo(self.zone), week, frozenset(row.day for row in self.holidays.all()))


class Holiday(models.Model):
    """A day on which no shift begins."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField()
    name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["calendar", "day"], name="holiday_once")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}".strip()
