"""A team is a business function: the part of the company that can act."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, user: Any) -> TeamQuerySet:
        """Everybody inside knows which functions there are."""
        return self if user.is_authenticated else self.none()


class Team(models.Model):
    """`key` is what a reading's `function` says (service, sales, marketing, product, finance, supply, or own ones)."""

    key = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    mark = models.CharField(max_length=2, help_text="Two letters on the function's colour.")
    email = models.EmailField(blank=True)
    lead = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="leads"
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name
