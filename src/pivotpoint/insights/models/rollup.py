"""Stored counts of people, not messages. A full recomputation gives the same (tested)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Backing(models.Model):
    """One person behind one theme: a rung is the number of these."""

    theme = models.ForeignKey(
        "insights.Theme", on_delete=models.CASCADE, related_name="backings", db_index=False
    )
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="backings")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    messages = models.IntegerField()
    negative = models.IntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["theme", "customer"], name="backing_once")]

    def __str__(self) -> str:
        return f"{self.customer_id} behind {self.theme_id}"


class ThemeDay(models.Model):
    """Different people on one day."""

    theme = models.ForeignKey("insights.Theme", on_delete=models.CASCADE, related_name="days", db_index=False)
    day = models.DateField()
    people = models.IntegerField()
    messages = models.IntegerField()
    negative = models.IntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["theme", "day"], name="theme_day_once")]

    def __str__(self) -> str:
        return f"{self.theme_id} on {self.day}"


class ThemeChannel(models.Model):
    """Different people on one channel."""

    theme = models.ForeignKey(
        "insights.Theme", on_delete=models.CASCADE, related_name="channels", db_index=False
    )
    channel = models.ForeignKey("channels.Channel", on_delete=models.CASCADE, related_name="+")
    people = models.IntegerField()
    messages = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["theme", "channel"], name="theme_channel_once")
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} on {self.channel_id}"


class ThemeShare(models.Model):
    """Different people whose messages one judgement of the readings gave one value, or that name one name of the
    organisation's own. Kept for insights only."""

    class Judgement(models.TextChoices):
        LANGUAGE = "language", "Language"
        MOOD = "mood", "Mood"
        INTENT = "intent", "Intent"
        NAME = "name", "Name"

    theme = models.ForeignKey(
        "insights.Theme", on_delete=models.CASCADE, related_name="shares", db_index=False
    )
    judgement = models.CharField(max_length=8, choices=Judgement.choices)
    value = models.CharField(max_length=60)
    people = models.IntegerField()
    messages = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["theme", "judgement", "value"], name="theme_share_once")
        ]

    def __str__(self) -> str:
        return f"{self.value}: {self.people} behind {self.theme_id}"
