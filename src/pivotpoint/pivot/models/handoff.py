"""One delivery of a loop to one destination: a row before it is a request (law 5)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class HandoffQuerySet(SeenWith, models.QuerySet["Handoff"]):
    seen_with = "desk.view"
    partner_sees = "loop__team"


class Handoff(models.Model):
    """`key` is sent with every attempt, so that the other side can recognise a repetition."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        SENDING = "sending", "Going out"
        SENT = "sent", "Sent"
        ANSWERED = "answered", "Answered"
        DEAD = "dead", "Stopped after all tries"
        RESERVE = "reserve", "In reserve"
        PASSED = "passed", "Left to another"

    loop = models.ForeignKey("pivot.Loop", on_delete=models.CASCADE, related_name="handoffs")
    destination = models.ForeignKey("pivot.Destination", on_delete=models.PROTECT, related_name="handoffs")
    key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    payload = models.JSONField(default=dict)
    attempts_made = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    external_ref = models.CharField(max_length=200, blank=True)
    external_url = models.URLField(max_length=500, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = HandoffQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="queued"), name="handoff_due"),
        ]

    def __str__(self) -> str:
        return self.key


class Attempt(models.Model):
    """One attempt: what came back and how long it took."""

    handoff = models.ForeignKey(Handoff, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField(default=clock.now)
    delivered = models.BooleanField()
    status = models.CharField(max_length=40, blank=True, help_text="HTTP status or the like.")
    response = models.TextField(blank=True, help_text="The first 2,000 characters.")
    took_ms = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.handoff_id}: {self.status}"


class Answer(models.Model):
    """What the destination answered; the same `key` twice is one answer."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        CHANGING = "changing", "Under way"
        DELIVERED = "delivered", "Delivered"
        NOTE = "note", "A note"

    handoff = models.ForeignKey(Handoff, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=120)
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    note = models.TextField(blank=True)
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["handoff", "key"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.handoff_id}: {self.outcome}"
