"""The second level: themes that are about one thing."""

from __future__ import annotations

from typing import Any

from django.db import models

SEVERAL = 2
"""A wider theme with fewer themes in it says nothing that the theme does not."""


class WiderQuerySet(models.QuerySet["WiderTheme"]):
    def live(self) -> WiderQuerySet:
        return self.filter(themes__gte=SEVERAL)

    def visible_to(self, user: Any) -> WiderQuerySet:
        """A partner sees single insights only: the people and words of a wider theme are those of others too."""
        return self if user.may("desk.view") and user.role != "partner" else self.none()


class WiderTheme(models.Model):
    """The counts are kept roll-ups over the themes inside; somebody behind two of them is one person."""

    title = models.CharField(max_length=160)
    titled_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    themes = models.IntegerField(default=0)
    people = models.IntegerField(default=0)
    messages = models.IntegerField(default=0)
    negative = models.IntegerField(default=0)
    uncounted = models.BooleanField(default=True, help_text="The row is the queue entry.")

    objects = WiderQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    @property
    def negative_share(self) -> float:
        return self.negative / self.messages if self.messages else 0.0
