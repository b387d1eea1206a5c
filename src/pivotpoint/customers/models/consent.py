"""What a person allows us: every yes and no is a row, the latest counts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.lib import clock


class Purpose(models.TextChoices):
    """Why we would write to somebody, or pass on what they said."""

    REPLY = "reply", "Answer what they wrote"
    NOTICE = "notice", "Tell them what changed"
    RESEARCH = "research", "Ask them for more"
    SHARE = "share", "Note it in our other systems"


class Consent(models.Model):
    """A yes or a no for one purpose on one channel kind ('' is every channel)."""

    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    channel_kind = models.CharField(max_length=20, blank=True)
    granted = models.BooleanField()
    at = models.DateTimeField(default=clock.now)
    source = models.CharField(max_length=120, help_text="Where they said so.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["customer", "purpose", "-at"])]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {'yes' if self.granted else 'no'}"
