"""What the analysers made of one message."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.listening.doubt import ABSTAINS


class ReadingFields(models.Model):
    """What a reader makes of a text. `confidence` and `evidence` have a key per judgement.

    `evidence` spans are half-open character offsets into the message's text. `doubt` is 1 minus the lowest
    confidence among the judgements that no person has made.
    """

    language = models.CharField(max_length=8)
    sentiment = models.FloatField(help_text="-1 to 1")
    mood = models.CharField(max_length=8)
    intent = models.CharField(max_length=12)
    about_us = models.BooleanField()
    reason = models.CharField(max_length=20, blank=True, help_text="Why it is not about us.")
    actionable = models.BooleanField()
    function = models.CharField(max_length=20, blank=True)
    confidence = models.JSONField(default=dict)
    evidence = models.JSONField(default=dict)
    version = models.CharField(max_length=24)
    doubt = models.FloatField(default=0, help_text="0 to 1; from ABSTAINS on, a person should look.")

    class Meta:
        abstract = True


class Reading(ReadingFields):
    """One row per heard message, with the message's own key.

    `gathered_at` is None until the message has been put into a theme: the row is the queue entry of that stage.
    """

    message = models.OneToOneField(
        "channels.Message", primary_key=True, on_delete=models.CASCADE, related_name="reading"
    )
    corrected = models.BooleanField(default=False)
    gathered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["message"], condition=Q(gathered_at=None), name="reading_ungathered"),
            models.Index(fields=["message"], condition=Q(about_us=False), name="reading_not_about_us"),
            models.Index(fields=["message"], condition=Q(intent="churn threat"), name="reading_churn"),
            models.Index(fields=["message"], condition=Q(intent="crisis"), name="reading_crisis"),
            models.Index(fields=["-doubt"], condition=Q(doubt__gte=ABSTAINS), name="reading_doubtful"),
        ]

    def __str__(self) -> str:
        return f"{self.mood} {self.intent}"
