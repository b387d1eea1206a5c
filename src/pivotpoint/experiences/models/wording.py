"""The words that a notice begins with, as the organisation has changed them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.lib import clock


class Wording(models.Model):
    """The newest row of a kind and language counts; where there is none, experiences/wording.py has the first words."""

    class Kind(models.TextChoices):
        CHANGED = "changed", "Something changed"
        DECLINED = "declined", "Declined with a reason"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language})"
