"""When each sweep ran last, and how it went: one row per sweep."""

from __future__ import annotations

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
