"""A person pinned an insight, or muted its alerts: rows with an author and a time, ended and never deleted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.lib import clock


class MarkQuerySet(models.QuerySet["InsightMark"]):
    def standing(self) -> MarkQuerySet:
        return self.filter(ended_at=None)


class InsightMark(models.Model):
    """Pinned stands first on the ladder, for everybody; muted raises no alert that wakes somebody."""

    class Kind(models.TextChoices):
        PIN = "pin", "Pinned"
        MUTE = "mute", "Muted"

    insight = models.ForeignKey("insights.Insight", on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["insight", "kind"], condition=Q(ended_at=None), name="marked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.insight_id}"
