"""One handle of one person on one kind of channel."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.lib import clock


class Identity(models.Model):
    """Same handle on the same kind is the same person. `kind` is 'email' or a channel kind; `handle` is normalised."""

    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=20)
    handle = models.CharField(max_length=200)
    stem = models.CharField(max_length=200, blank=True, help_text="What may show the same person elsewhere.")
    name = models.CharField(max_length=160, blank=True)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "identities"
        constraints: ClassVar = [models.UniqueConstraint(fields=["handle", "kind"], name="handle_once")]
        indexes: ClassVar = [models.Index(fields=["stem"], condition=~Q(stem=""), name="identity_stem")]

    def __str__(self) -> str:
        return f"{self.handle} ({self.kind})"
