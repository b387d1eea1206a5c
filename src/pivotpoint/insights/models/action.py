"""What a person did to a theme; every one can be undone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.lib import clock


class ThemeAction(models.Model):
    """`data` holds what is needed to undo it: cluster ids and themes before, old title."""

    class Kind(models.TextChoices):
        MERGE = "merge", "Merged"
        SPLIT = "split", "Split"
        RENAME = "rename", "Renamed"
        MOVE = "move", "Moved"
        PLACE = "place", "Placed"
        FOREIGN = "foreign", "Said to be not about us"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    theme = models.ForeignKey("insights.Theme", on_delete=models.CASCADE, related_name="actions")
    other = models.ForeignKey("insights.Theme", null=True, on_delete=models.CASCADE, related_name="+")
    data = models.JSONField(default=dict)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.theme_id}"
