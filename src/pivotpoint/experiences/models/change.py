"""One new version of how a piece of the business works."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from pivotpoint.lib import clock


class ChangeQuerySet(models.QuerySet["Change"]):
    def visible_to(self, user: Any) -> ChangeQuerySet:
        if not user.may("desk.view"):
            return self.none()
        return self.filter(loops__team=user.team_id).distinct() if user.role == "partner" else self


class Change(models.Model):
    """What changed, since when, for whom, and what we expect of it. `public` shows it on the portal."""

    title = models.CharField(max_length=160)
    what = models.TextField(help_text="In words that a customer understands.")
    hypothesis = models.CharField(max_length=300, blank=True, help_text="What we expect to get better.")
    process = models.CharField(max_length=120, blank=True)
    for_whom = models.CharField(max_length=200, blank=True)
    live_since = models.DateField()
    loops = models.ManyToManyField("pivot.Loop", related_name="changes")
    public = models.BooleanField(default=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="changes")
    at = models.DateTimeField(default=clock.now)
    taken_back_at = models.DateTimeField(null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-live_since", "-pk"]

    def __str__(self) -> str:
        return self.title
