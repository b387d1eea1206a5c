"""Which reader was live when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.lib import clock


class ModelVersion(models.Model):
    """A reader that learnt from `corrections` corrections; saved at `path` below the data folder."""

    version = models.CharField(max_length=24, unique=True)
    path = models.CharField(max_length=300, blank=True)
    corrections = models.IntegerField(default=0)
    last_correction = models.BigIntegerField(default=0)
    live_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-live_at", "-pk"]

    def __str__(self) -> str:
        return self.version
