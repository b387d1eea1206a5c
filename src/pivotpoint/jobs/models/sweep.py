"""When each sweep ran last and how it went, and what it did on each day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SweepRun(models.Model):
    name = models.CharField(max_length=60, primary_key=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    rows = models.IntegerField(default=0)
    failures = models.IntegerField(default=0)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class SweepDay(models.Model):
    """The rows that a sweep worked on during one day, and the `seconds` by the clock that this took."""

    name = models.CharField(max_length=60)
    day = models.DateField()
    rows = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "day"], name="sweep_day_once")]
        indexes: ClassVar = [models.Index(fields=["day"])]

    def __str__(self) -> str:
        return f"{self.name} on {self.day}"
