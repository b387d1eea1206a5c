"""A thread with one person: the inner loop."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class ConversationQuerySet(SeenWith, models.QuerySet["Conversation"]):
    seen_with = "customer.view"

    def open(self) -> ConversationQuerySet:
        return self.filter(closed_at=None)


class Conversation(models.Model):
    """Opened by a live message that wants an answer. An open one has exactly one owner and a due date (law 3).

    An imported history has none: nobody waits for an answer to it.
    """

    channel = models.ForeignKey("channels.Channel", on_delete=models.PROTECT, related_name="conversations")
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="conversations")
    thread = models.CharField(max_length=200, help_text="The channel's own name for the thread.")
    subject = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="conversations")
    due_at = models.DateTimeField()
    opened_at = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now)
    waiting_since = models.DateTimeField(
        null=True, help_text="Their first words that nobody has answered yet."
    )
    answered_at = models.DateTimeField(null=True, help_text="First answer by a person.")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    apart = models.CharField(max_length=20, blank=True, help_text="Closed because it wants no answer: why.")

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "thread"], name="thread_once")]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="conversation_open_due"),
            models.Index(fields=["-last_at"]),
        ]

    def __str__(self) -> str:
        return self.subject or f"Conversation {self.pk}"
