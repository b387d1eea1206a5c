"""How far polling has come."""

from __future__ import annotations

from django.db import models

from pivotpoint.lib import clock


class Cursor(models.Model):
    """A round polls every hand-off that may still be answered, in the order of ids; `last` is the last one polled.

    A cursor over the other side's modification times would miss what is modified now but committed later.
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
