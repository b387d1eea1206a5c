"""One utterance."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class Direction(models.TextChoices):
    IN = "in", "From the customer"
    OUT = "out", "To the customer"
    NOTE = "note", "Internal note"


class Audience(models.TextChoices):
    """Whom it addressed."""

    US = "us", "To us"
    ABOUT = "about", "About us"
    ELSEWHERE = "elsewhere", "Elsewhere"


TAKEN_BACK = "Taken back: "
"""`quarantined` of a message begins so when its import was a mistake."""


class MessageQuerySet(SeenWith, models.QuerySet["Message"]):
    seen_with = "customer.view"

    def heard(self) -> MessageQuerySet:
        """What customers said: the `received` of the ledger."""
        return self.filter(direction=Direction.IN)

    def unread(self) -> MessageQuerySet:
        """Heard, not quarantined, not yet read by listening. The row itself is the queue entry."""
        return self.filter(direction=Direction.IN, read_at=None, quarantined="")


class Message(models.Model):
    """Same channel and external id twice: one message (law 1).

    `customer` is always the person after merges; `identity` is the handle that spoke. `quarantined` says why a
    message is kept apart (empty: it is not). `read_at` is empty until listening has read it.
    """

    # The unique constraint and the indexes below begin with these three keys: no index of their own.
    channel = models.ForeignKey(
        "channels.Channel", on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    external_id = models.CharField(max_length=200)
    conversation = models.ForeignKey(
        "channels.Conversation",
        null=True,
        on_delete=models.CASCADE,
        related_name="messages",
        db_index=False,
    )
    customer = models.ForeignKey(
        "customers.Customer", null=True, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    identity = models.ForeignKey(
        "customers.Identity", null=True, on_delete=models.SET_NULL, related_name="messages", db_index=False
    )
    direction = models.CharField(max_length=4, choices=Direction.choices, default=Direction.IN)
    audience = models.CharField(max_length=9, choices=Audience.choices, default=Audience.US)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    said_at = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    quarantined = models.CharField(max_length=120, blank=True)
    import_run = models.ForeignKey(
        "channels.ImportRun", null=True, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    author = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="written", db_index=False
    )
    data = models.JSONField(default=dict, help_text="Other fields that came with it, and their provenance.")

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "external_id"], name="message_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                condition=Q(direction="in", read_at=None, quarantined=""),
                name="message_unread",
            ),
            models.Index(fields=["customer", "said_at"]),
            models.Index(
                fields=["conversation", "said_at"],
                condition=Q(conversation__isnull=False),
                name="message_conversation",
            ),
            models.Index(fields=["identity"], condition=Q(identity__isnull=False), name="message_identity"),
            models.Index(fields=["import_run"], condition=Q(import_run__isnull=False), name="message_import"),
            models.Index(fields=["author"], condition=Q(author__isnull=False), name="message_author"),
            models.Index(fields=["id"], condition=~Q(quarantined=""), name="message_quarantined"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
