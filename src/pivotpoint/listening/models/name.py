"""Names learnt from the organisation's own fields, and where messages say them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock
from textanalytics.entities import KINDS, NAME


class GazetteerQuerySet(SeenWith, models.QuerySet["Gazetteer"]):
    seen_with = "desk.view"

    def live(self) -> Gazetteer | None:
        """The one that messages are read with; none before anything was learnt."""
        return self.order_by("-live_at", "-pk").first()


class Gazetteer(models.Model):
    """One version of the names. It is kept, so that what was read with it can be read so again.

    `names` are (field, value, people whose records hold it), as last counted while this version was live.
    """

    version = models.CharField(max_length=24, unique=True)
    names = models.JSONField(default=list)
    made_at = models.DateTimeField(default=clock.now)
    live_at = models.DateTimeField(default=clock.now)

    objects = GazetteerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-live_at", "-pk"]

    def __str__(self) -> str:
        return self.version


class LeftOutQuerySet(SeenWith, models.QuerySet["LeftOutName"]):
    seen_with = "desk.view"

    def standing(self) -> LeftOutQuerySet:
        return self.filter(undone_at=None)


class LeftOutName(models.Model):
    """A person says that a value is no name, or (`value` empty) that a whole field holds none."""

    field = models.CharField(max_length=60)
    value = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = LeftOutQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["field", "value"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["field", "value"], condition=Q(undone_at=None), name="left_out_once"
            ),
        ]

    def __str__(self) -> str:
        return self.value or self.field


class Mention(models.Model):
    """A message names something: `spans` are half-open character offsets into its text, `version` the finder's.

    `field` says where a name was learnt; amounts, dates, numbers and places have none.
    """

    message = models.ForeignKey(
        "channels.Message", on_delete=models.CASCADE, related_name="mentions", db_index=False
    )
    kind = models.CharField(max_length=6, choices=[(kind, kind.capitalize()) for kind in KINDS])
    field = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=60)
    spans = models.JSONField(default=list)
    version = models.CharField(max_length=24)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "kind", "value"], name="mention_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["value", "message"], condition=Q(kind=NAME), name="mention_of_name"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} names {self.value}"
