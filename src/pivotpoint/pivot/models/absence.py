"""Somebody is away for a while, and who stands in."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class AbsenceQuerySet(SeenWith, models.QuerySet["Absence"]):
    """Colleagues know who is away; a partner knows it of their own function."""

    seen_with = "desk.view"
    partner_sees = "user__team"

    def standing(self) -> AbsenceQuerySet:
        """Not ended early."""
        return self.filter(ended_at=None)

    def on(self, day: date) -> AbsenceQuerySet:
        return self.standing().filter(starts_on__lte=day, ends_on__gte=day)


class Absence(models.Model):
    """First and last day included. When ended early the row stays: `ended_at` says when, `ended_by` by whom."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()
    deputy = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="stands_in"
    )
    note = models.CharField(max_length=120, blank=True)
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start")
        ]
        indexes: ClassVar = [
            models.Index(fields=["ends_on"], condition=Q(ended_at=None), name="absence_standing")
        ]

    def __str__(self) -> str:
        return f"{self.user} is away until {self.ends_on:%-d %B}"
