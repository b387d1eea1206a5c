"""Somebody is away for a while, and who stands in."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from pivotpoint.lib import clock


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def standing(self) -> AbsenceQuerySet:
        """Not taken back."""
        return self.filter(ended_at=None)

    def on(self, day: date) -> AbsenceQuerySet:
        return self.standing().filter(starts_on__lte=day, ends_on__gte=day)

    def visible_to(self, user: Any) -> AbsenceQuerySet:
        """Colleagues know who is away; a partner knows it of their own function."""
        if not user.may("desk.view"):
            return self.none()
        return self.filter(user__team=user.team_id) if user.role == "partner" else self


class Absence(models.Model):
    """Both days included. Taken back early it keeps its row: `ended_at` says when, `ended_by` who."""

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
