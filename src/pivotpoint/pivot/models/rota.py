"""People who own in turn."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from pivotpoint.lib import clock


class RotaQuerySet(models.QuerySet["Rota"]):
    def visible_to(self, user: Any) -> RotaQuerySet:
        if not user.may("pivot.view"):
            return self.none()
        theirs = Q(team=user.team_id) | Q(pivot__team=user.team_id)
        return self.filter(theirs) if user.role == "partner" else self


class Rota(models.Model):
    """The rota of one pivot, or of one function for its pivots without a rota. The first turn begins on
    `starts_on`."""

    pivot = models.OneToOneField(
        "pivot.Pivot", null=True, blank=True, on_delete=models.CASCADE, related_name="rota"
    )
    team = models.OneToOneField(
        "accounts.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="rota"
    )
    starts_on = models.DateField(default=clock.today)
    turn_days = models.PositiveSmallIntegerField(default=7, validators=[MinValueValidator(1)])

    objects = RotaQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pivot=None, team__isnull=False) | Q(pivot__isnull=False, team=None),
                name="rota_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"Rota of {self.pivot or self.team}"

    def turn(self, day: date, people: int) -> int:
        """The position in turn on that day, when there are `people` places."""
        return (day - self.starts_on).days // self.turn_days % people


class Turn(models.Model):
    """One person's place in a rota."""

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="turns")
    position = models.PositiveSmallIntegerField(default=0)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="turns")

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["rota", "user"], name="turn_once")]

    def __str__(self) -> str:
        return f"{self.position + 1}. {self.user}"
