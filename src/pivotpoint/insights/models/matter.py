"""What a message says beside its matter: "the flight was great, but my bag is gone" counts for both."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F


class MatterQuerySet(models.QuerySet["Matter"]):
    def counted(self) -> MatterQuerySet:
        """Those of a theme, without those whose two themes have become one: they count once."""
        rows = self.filter(cluster__theme__isnull=False)
        return rows.exclude(membership__cluster__theme=F("cluster__theme"))


class Matter(models.Model):
    """A part of a message that belongs to another theme than the whole. It does not shape that theme, but counts
    there for the same person and day.
    `cluster` is the nearest one of that theme, so that it follows whatever becomes of it; none
    while no theme is about it. A row whose part is empty asks to look at the message again."""

    membership = models.ForeignKey(
        "insights.Membership", on_delete=models.CASCADE, related_name="matters", db_index=False
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    cluster = models.ForeignKey(
        "insights.MicroCluster", null=True, on_delete=models.PROTECT, related_name="+"
    )
    negative = models.BooleanField(default=False)
    actionable = models.BooleanField(default=False)
    function = models.CharField(max_length=20, blank=True, default="")
    asked = models.BigIntegerField(default=0, help_text="Messages in order when a theme was last looked for.")

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "start", "end"], name="matter_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["membership"], condition=models.Q(end=0), name="matter_to_look_at"),
        ]

    def __str__(self) -> str:
        return f"{self.start} to {self.end} of {self.membership_id} in {self.cluster_id}"
