"""An encoder that is known here, and when it was live."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class EncoderVersionQuerySet(SeenWith, models.QuerySet["EncoderVersion"]):
    seen_with = "desk.view"

    def live(self) -> EncoderVersion | None:
        """The encoder whose vectors the themes use; None while it has always been the shipped one."""
        return self.filter(live_at__isnull=False).order_by("-live_at", "-pk").first()


class EncoderVersion(models.Model):
    """`name` is the encoder's own: two models never share one. `place` is where it is loaded from: a folder below the
    data folder for a distilled one, a folder or a name for a model. `provenance` says of a distilled one what it was
    made from, and how near it comes to that.
    """

    class Kind(models.TextChoices):
        SHIPPED = "shipped", "Shipped"
        DISTILLED = "distilled", "Distilled from a model"
        MODEL = "model", "A model"

    name = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    place = models.CharField(max_length=500, blank=True)
    dimensions = models.IntegerField()
    provenance = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    live_at = models.DateTimeField(null=True)

    objects = EncoderVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name
