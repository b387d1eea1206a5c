"""Words on their way to one person: a row before it is a request (law 5)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class DeliveryQuerySet(SeenWith, models.QuerySet["Delivery"]):
    seen_with = "customer.view"

    def due(self) -> DeliveryQuerySet:
        """What may leave now, the longest waiting first. The row itself is the queue entry."""
        return self.filter(state="queued", next_attempt_at__lte=clock.now()).order_by("next_attempt_at", "pk")


class Delivery(models.Model):
    """One message to one address on one channel. `key` makes sure that it goes out once in effect."""

    class State(models.TextChoices):
        HELD = "held", "Waits for approval"
        QUEUED = "queued", "Waiting"
        SENDING = "sending", "Going out"
        SENT = "sent", "Sent"
        STOPPED = "stopped", "Stopped before it left"
        DEAD = "dead", "Not delivered"

    channel = models.ForeignKey("channels.Channel", on_delete=models.PROTECT, related_name="deliveries")
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="deliveries")
    message = models.OneToOneField(
        "channels.Message",
        null=True,
        on_delete=models.CASCADE,
        related_name="delivery",
        help_text="A reply's words.",
    )
    purpose = models.CharField(
        max_length=12, help_text="customers.Purpose: consent is asked again when it leaves."
    )
    address = models.CharField(max_length=250)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=200, blank=True, help_text="The other side's name for it.")
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes: ClassVar = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="queued"), name="delivery_due"),
            models.Index(fields=["customer", "purpose", "sent_at"]),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="delivery_sending"),
            models.Index(fields=["id"], condition=Q(state="dead"), name="delivery_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.key} to {self.address}"
