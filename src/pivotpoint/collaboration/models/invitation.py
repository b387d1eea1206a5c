"""Somebody was asked to come into the room, because they may know."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.lib import clock


class Invitation(models.Model):
    insight = models.ForeignKey("insights.Insight", on_delete=models.CASCADE, related_name="invitations")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="invitations")
    reason = models.CharField(max_length=300, help_text="Why this person was proposed.")
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["insight", "user"], name="invited_once")]

    def __str__(self) -> str:
        return f"{self.user} in {self.insight_id}"
