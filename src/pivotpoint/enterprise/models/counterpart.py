"""What a hand-off has become on the other side."""

from __future__ import annotations

from django.db import models

from pivotpoint.lib import clock


class Counterpart(models.Model):
    """`record` is the id by which the connector finds it; `state` and `outcome` are the last known ones."""

    handoff = models.OneToOneField("pivot.Handoff", on_delete=models.CASCADE, related_name="counterpart")
    record = models.CharField(max_length=120)
    state = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=9, blank=True)
    changes = models.PositiveIntegerField(default=0, help_text="How often the outcome has changed.")
    heard_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.record
