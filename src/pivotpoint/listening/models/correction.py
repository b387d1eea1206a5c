"""Corrections and confirmations of readings; the reader learns from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.lib import clock

YES, NO = "true", "false"
"""How a yes or no is kept in `was` and `value`."""
INSTEAD = ("rival", "trade")
"""Of `about_us`: no, it is about one of these."""


def about(about_us: bool, reason: str) -> str:
    """How `about_us` of a reading is stored."""
    return YES if about_us else reason if reason in INSTEAD else NO


def why_not(value: str, reason: str) -> str:
    """The reason to store for this judgement; `reason` is the one before."""
    if value in INSTEAD:
        return value
    other = "" if reason in INSTEAD else reason
    return "" if value == YES else other or "elsewhere"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def standing(self) -> CorrectionQuerySet:
        return self.filter(undone_at=None)

    def changed(self) -> CorrectionQuerySet:
        """Corrections, which differ from what was read; the others are confirmations."""
        return self.standing().exclude(value=models.F("was"))


class Correction(models.Model):
    """`field` of the reading was `was` and is `value`; the same twice is a confirmation.

    `before` holds all that changed with it, to be undone, and the version that had read it.
    """

    message = models.ForeignKey("channels.Message", on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=20)
    was = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=40, blank=True)
    before = models.JSONField(default=dict)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="corrections")
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["message", "field", "-at"])]

    def __str__(self) -> str:
        return f"{self.field}: {self.was} → {self.value}"

    @property
    def confirms(self) -> bool:
        return self.value == self.was
