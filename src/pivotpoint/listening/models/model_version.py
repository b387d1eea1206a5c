"""A reader that learnt from corrections, how it did, and when it was live."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class ModelVersionQuerySet(SeenWith, models.QuerySet["ModelVersion"]):
    seen_with = "desk.view"

    def live(self) -> ModelVersion | None:
        """The one that reads now; none while the shipped reader was never taught."""
        return self.filter(live_at__isnull=False).order_by("-live_at", "-pk").first()

    def latest_made(self) -> ModelVersion | None:
        return self.order_by("-made_at", "-pk").first()


class ModelVersion(models.Model):
    """It knows the `corrections` that stood up to `last_correction`, and so many `examples`; saved at `path` below the data folder.

    `live_at` is when it went live last, empty for one that never did; `verdict` says why it did or did not, and
    `figures` what was measured: per judgement how many were asked, and how many each reader got right.
    """

    class Verdict(models.TextChoices):
        FIRST = "first", "The shipped reader"
        TOO_FEW = "too_few", "Live: too few judgements to compare"
        NOT_WORSE = "not_worse", "Live: right at least as often as the one before"
        WITHDRAWN = "withdrawn", "Live: the one before knew judgements that were taken back"
        UNMEASURED = "unmeasured", "Live: made before readers were compared"
        WORSE = "worse", "Not live: right less often than the one before"

    version = models.CharField(max_length=24, unique=True)
    path = models.CharField(max_length=300, blank=True)
    corrections = models.IntegerField(default=0)
    last_correction = models.BigIntegerField(default=0)
    examples = models.IntegerField(default=0)
    last_example = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.FIRST)
    figures = models.JSONField(default=dict)
    live_at = models.DateTimeField(null=True, default=clock.now)
    live_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ModelVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.version


class Trial(models.Model):
    """What the version said of one judgement's text without having learnt from it, beside what was live then.

    Kept for the latest version only.
    """

    version = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="trials")
    correction = models.ForeignKey(
        "listening.Correction", on_delete=models.CASCADE, related_name="trials", db_index=True
    )
    said = models.CharField(max_length=40, blank=True)
    sure = models.FloatField()
    right = models.BooleanField()
    right_before = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "correction"], name="trial_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} on {self.correction_id}: {self.said}"
