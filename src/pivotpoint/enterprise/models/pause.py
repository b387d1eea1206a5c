"""A person has paused a system."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.lib import clock


class PauseQuerySet(models.QuerySet["Pause"]):
    def standing(self) -> PauseQuerySet:
        """Not ended."""
        return self.filter(ended_at=None)


class Pause(models.Model):
    """Until it has ended, nothing is sent to this destination and it is not polled; what is for it waits."""

    destination = models.ForeignKey("pivot.Destination", on_delete=models.CASCADE, related_name="pauses")
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PauseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["destination"], condition=Q(ended_at=None), name="paused_once")
        ]

    def __str__(self) -> str:
        return f"{self.destination_id} since {self.at:%Y-%m-%d %H:%M}"
