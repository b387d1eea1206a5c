"""What is said and decided in an insight's room."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.lib import clock


class Comment(models.Model):
    insight = models.ForeignKey("insights.Insight", on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    mentions = models.ManyToManyField("accounts.User", related_name="mentioned_in", blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Decision(models.Model):
    """What was decided, by whom, when: kept apart from the talk so that it is found again."""

    insight = models.ForeignKey("insights.Insight", on_delete=models.CASCADE, related_name="decisions")
    text = models.CharField(max_length=500)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
