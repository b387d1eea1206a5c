"""A figure that was slow to count, stored with the time of the count."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Figure(models.Model):
    """`name` is a function declared with `jobs.kept.figure`; `argument` is what it was called with."""

    name = models.CharField(max_length=60)
    argument = models.CharField(max_length=40, blank=True)
    value = models.JSONField()
    counted_at = models.DateTimeField()
    took_ms = models.IntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "argument"], name="figure_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.argument}".strip()
