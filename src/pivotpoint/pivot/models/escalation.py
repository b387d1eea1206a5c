"""A due date passed and somebody was told: a row, so that the loop shows it and the e-mail goes out once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.lib import clock


class Escalation(models.Model):
    """`level` 1 tells somebody above the owner, 2 gives them the loop. `mailed_at` is empty until the e-mail is out."""

    loop = models.ForeignKey("pivot.Loop", on_delete=models.CASCADE, related_name="escalations")
    level = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField(help_text="The date that passed.")
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    told = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="escalations")
    at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["loop", "due_at", "level"], name="escalated_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["at"], condition=Q(mailed_at=None), name="escalation_unmailed")
        ]

    def __str__(self) -> str:
        return f"Loop {self.loop_id}, level {self.level}: {self.told} was told"
