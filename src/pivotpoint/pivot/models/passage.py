"""An insight in front of a gate: it waits, passes or is held."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class PassageQuerySet(SeenWith, models.QuerySet["Passage"]):
    seen_with = "pivot.view"
    partner_sees = "pivot__team"

    def waiting(self) -> PassageQuerySet:
        return self.filter(state=Passage.State.WAITING)


class Passage(models.Model):
    """The rule that caught the insight, and the decision at the gate. `why` is a sentence for people."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waits at the gate"
        PASSED = "passed", "Passed"
        HELD = "held", "Held back"
        COLLECTED = "collected", "Collected only"
        ANSWERED = "answered", "Answered at the front line"

    insight = models.ForeignKey("insights.Insight", on_delete=models.CASCADE, related_name="passages")
    pivot = models.ForeignKey("pivot.Pivot", on_delete=models.CASCADE, related_name="passages")
    rule = models.ForeignKey("pivot.Rule", null=True, on_delete=models.SET_NULL, related_name="passages")
    why = models.CharField(max_length=300)
    state = models.CharField(max_length=9, choices=State.choices)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="passages")
    due_at = models.DateTimeField()
    at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    standing = models.ForeignKey(
        "pivot.StandingAnswer",
        null=True,
        on_delete=models.SET_NULL,
        related_name="passages",
        help_text="What answers it without the pivot.",
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["insight", "pivot"], name="passage_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="passage_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.insight_id} at {self.pivot}"
