"""Example sentences of what is about us and what is not."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock
from textanalytics.base import RELEVANCES


class ExampleQuerySet(SeenWith, models.QuerySet["RelevanceExample"]):
    seen_with = "desk.view"

    def standing(self) -> ExampleQuerySet:
        return self.filter(undone_at=None)


class RelevanceExample(models.Model):
    """A sentence as customers write it is about us, a rival, the trade, or is noise; until somebody takes it back."""

    text = models.CharField(max_length=400)
    about = models.CharField(max_length=5, choices=[(kind, kind) for kind in RELEVANCES])
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ExampleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text"], condition=Q(undone_at=None), name="example_once"),
        ]

    def __str__(self) -> str:
        return self.text
