"""What the front line may do at once, without the pivot, and each time that somebody did."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock
from pivotpoint.pivot.models.pivot import Rule


class StandingAnswerQuerySet(SeenWith, models.QuerySet["StandingAnswer"]):
    seen_with = "pivot.view"
    partner_sees = "pivot__team"

    def live(self) -> StandingAnswerQuerySet:
        return self.filter(ended_at=None)


class StandingAnswer(models.Model):
    """When `conditions` hold (those of rules), `may` is done at once, within the limits; an empty limit is none.

    `template` goes into the agent's reply box; {name}, {agent} and {amount} are filled in. `evidence` is what the
    pivot's decisions showed when it was made from them.
    """

    pivot = models.ForeignKey("pivot.Pivot", on_delete=models.PROTECT, related_name="standing_answers")
    name = models.CharField(max_length=80)
    match = models.CharField(max_length=3, choices=Rule.Match.choices, default=Rule.Match.ALL)
    conditions = models.JSONField(default=list)
    may = models.CharField(max_length=500, help_text="What may be done at once.")
    template = models.TextField(max_length=5_000, help_text="The words for the customer.")
    most_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=12, blank=True, help_text="Of the amount: EUR, days …")
    most_a_week = models.PositiveIntegerField(null=True, blank=True)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="standing_answers")
    since = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    why_ended = models.CharField(max_length=300, blank=True)
    evidence = models.JSONField(default=dict, blank=True)

    objects = StandingAnswerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-since", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pivot", "name"], condition=Q(ended_at=None), name="standing_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class UseQuerySet(models.QuerySet["Use"]):
    def counted(self) -> UseQuerySet:
        return self.filter(taken_back_at=None)


class Use(models.Model):
    """One use by an agent for the customer behind `message`. At most one a message; it can be withdrawn."""

    standing = models.ForeignKey(StandingAnswer, on_delete=models.PROTECT, related_name="uses")
    insight = models.ForeignKey("insights.Insight", on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(
        "channels.Conversation", on_delete=models.CASCADE, related_name="standing_uses"
    )
    message = models.ForeignKey("channels.Message", on_delete=models.CASCADE, related_name="standing_uses")
    agent = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    at = models.DateTimeField(default=clock.now)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = UseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["standing", "message"], name="standing_used_once")
        ]
        indexes: ClassVar = [models.Index(fields=["standing", "at"], name="standing_use_at")]

    def __str__(self) -> str:
        return f"{self.standing_id} in conversation {self.conversation_id}"
