"""A person has looked at a reading and could not judge it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.lib import clock


class Glance(models.Model):
    """The message leaves this colleague's queue; the others still see it in theirs."""

    message = models.ForeignKey("channels.Message", on_delete=models.CASCADE, related_name="glances")
    by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["message", "by"], name="glance_once")]

    def __str__(self) -> str:
        return f"{self.by_id} could not tell {self.message_id}"
