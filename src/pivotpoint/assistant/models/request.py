"""Requests to the model: what was sent, what came back, and what a person decided."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.assistant.models.assistant import Use
from pivotpoint.lib import clock


class RequestQuerySet(models.QuerySet["Request"]):
    def visible_to(self, user: Any) -> RequestQuerySet:
        """All requests for readers of the journal; everybody else sees their own."""
        return self if user.may("journal.view") else self.filter(by=getattr(user, "user", user))

    def waiting(self) -> RequestQuerySet:
        return self.filter(outcome=Request.Outcome.WAITING)


class Request(models.Model):
    """`sent` is exactly what was sent, masked; `answer` exactly what came back, `suggestion` what a person is shown.

    `tokens` are reserved before the call, as many as it can need, and corrected by what the endpoint says. An erasure
    empties the words and leaves the figures.
    """

    class Outcome(models.TextChoices):
        ASKED = "asked", "No answer yet"
        FAILED = "failed", "Failed"
        WAITING = "waiting", "Waits for a person"
        APPROVED = "approved", "Approved as it was"
        EDITED = "edited", "Approved after editing"
        THROWN_AWAY = "thrown_away", "Thrown away"

    use = models.CharField(max_length=8, choices=Use.choices)
    insight = models.ForeignKey("insights.Insight", null=True, on_delete=models.SET_NULL, related_name="+")
    conversation = models.ForeignKey(
        "channels.Conversation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now, db_index=True)
    host = models.CharField(max_length=200)
    model = models.CharField(max_length=120)
    sent = models.JSONField(default=list)
    answer = models.TextField(blank=True)
    suggestion = models.TextField(blank=True)
    tokens = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.ASKED)
    trouble = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    forgotten_at = models.DateTimeField(null=True, help_text="An erasure took the words out.")

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["insight"], condition=Q(outcome="waiting"), name="suggestion_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.get_use_display()} at {self.host}"


class Quoted(models.Model):
    """A message whose words were in a request, so that an erasure finds them."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="quoted")
    message = models.ForeignKey("channels.Message", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "message"], name="quoted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} in request {self.request_id}"
