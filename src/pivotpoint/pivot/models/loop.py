"""One insight travelling through one pivot, with exactly one owner and due date at any time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class Stage(models.TextChoices):
    HEARD = "heard", "Heard"
    HANDED_OVER = "handed_over", "Handed over"
    ACCEPTED = "accepted", "Accepted"
    CHANGING = "changing", "Changing"
    DELIVERED = "delivered", "Delivered"
    TOLD = "told", "Told"
    CONFIRMED = "confirmed", "Confirmed"
    DECLINED = "declined", "Declined"


STAGES = [s for s in Stage.values if s != Stage.DECLINED]
"""The way forward, in order."""
CLOSED = (Stage.CONFIRMED, Stage.DECLINED)
"""Stages in which a loop may be closed. A declined loop closes when everybody has been told why."""


class LoopQuerySet(SeenWith, models.QuerySet["Loop"]):
    seen_with = "desk.view"
    partner_sees = "team"

    def open(self) -> LoopQuerySet:
        return self.filter(closed_at=None)

    def overdue(self) -> LoopQuerySet:
        return self.open().filter(due_at__lt=clock.now())


class Loop(models.Model):
    """`stage` is that of the last StageMove. `owner` and `due_at` cannot be NULL, so every loop has an owner."""

    insight = models.ForeignKey("insights.Insight", on_delete=models.PROTECT, related_name="loops")
    pivot = models.ForeignKey("pivot.Pivot", on_delete=models.PROTECT, related_name="loops")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="loops")
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="loops")
    due_at = models.DateTimeField()
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.HEARD)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True, help_text="When the present due date was last escalated.")
    escalate_at = models.DateTimeField(null=True, help_text="When the next step of the pivot's path is due.")
    version = models.ForeignKey(
        "pivot.PivotVersion",
        null=True,
        on_delete=models.PROTECT,
        related_name="loops",
        help_text="The pivot as it was when the loop opened, or was moved to: its targets count.",
    )
    times_reopened = models.PositiveSmallIntegerField(default=0)

    objects = LoopQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["insight", "pivot"], condition=Q(closed_at=None), name="loop_open_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="loop_open_due"),
            models.Index(fields=["stage", "-opened_at"]),
        ]

    def __str__(self) -> str:
        return f"Loop {self.pk}"


class StageMove(models.Model):
    """One step of a loop: state is a row with an author and a time."""

    loop = models.ForeignKey(Loop, on_delete=models.CASCADE, related_name="moves")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    at = models.DateTimeField(default=clock.now)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(help_text="When the next step is due.")
    reason = models.CharField(max_length=500, blank=True, help_text="For us: nobody outside reads it.")
    told = models.CharField(
        max_length=500, blank=True, help_text="Why it was declined, in the words for those who asked."
    )
    reopened = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.loop_id}: {self.get_stage_display()}"
