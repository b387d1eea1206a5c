"""What had to be put right about a change after people had been told of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.lib import clock


class Correction(models.Model):
    """The change's own words stay as people have read them; this stands below, with its day."""

    change = models.ForeignKey("experiences.Change", on_delete=models.CASCADE, related_name="corrections")
    text = models.CharField(max_length=1000, help_text="In words that a customer understands.")
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.text
