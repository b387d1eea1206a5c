"""How much came from one address in one minute."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Arrivals(models.Model):
    """`address` is a keyed digest that nobody can turn back; the rows are deleted within the hour."""

    door = models.CharField(max_length=60)
    address = models.CharField(max_length=64)
    minute = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "arrivals"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["door", "address", "minute"], name="arrivals_once")
        ]

    def __str__(self) -> str:
        return f"{self.count} at {self.door}"
