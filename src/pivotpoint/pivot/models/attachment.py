"""An insight that is attached to an existing loop instead of opening its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class AttachmentQuerySet(SeenWith, models.QuerySet["Attachment"]):
    seen_with = "desk.view"
    partner_sees = "loop__team"

    def standing(self) -> AttachmentQuerySet:
        """Not taken back."""
        return self.filter(detached_at=None)

    def deciding(self) -> AttachmentQuerySet:
        """Attachments whose insight needs no pivot of its own: the loop is open, or the insight has not climbed
        since."""
        calm = Q(insight__climbed_at=None) | Q(insight__climbed_at__lte=F("at"))
        return self.standing().filter(calm | Q(loop__closed_at=None))


class Attachment(models.Model):
    """The loop stands for this insight's people as well. `attached` is the insight as it was; `insight` the one that
    stands for it after merges."""

    class Role(models.TextChoices):
        TRIGGER = "trigger", "Why it began"
        EVIDENCE = "evidence", "Further evidence"

    loop = models.ForeignKey("pivot.Loop", on_delete=models.CASCADE, related_name="attachments")
    insight = models.ForeignKey("insights.Insight", on_delete=models.CASCADE, related_name="attachments")
    attached = models.ForeignKey("insights.Insight", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.EVIDENCE)
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    detached_at = models.DateTimeField(null=True)
    detached_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["loop", "attached"], condition=Q(detached_at=None), name="attached_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.insight} goes along with loop {self.loop_id}"
