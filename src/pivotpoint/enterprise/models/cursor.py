"""How far the asking has come."""

from __future__ import annotations

from django.db import models

from pivotpoint.lib import clock


class Cursor(models.Model):
    """A round asks for every hand-off that may still be answered, in the order of their ids; `last` is where it is.

    A cursor over the other side's times of change would miss what was changed at one moment and committed later.
    """

    destination = models.OneToOneField(
        "pivot.Destination", on_delete=models.CASCADE, related_name="heard_up_to"
    )
    last = models.BigIntegerField(default=0)
    place = models.TextField(blank=True, help_text="Where people talk: so far we have read.")
    due_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.destination_id}: {self.last}"
