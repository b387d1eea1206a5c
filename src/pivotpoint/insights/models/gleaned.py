"""What several people state in the same few words, though their messages lie here and there: in mixed themes, in less sure ones, or alone."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Q, QuerySet

from pivotpoint.insights.models.cluster import Membership
from pivotpoint.insights.models.theme import Theme


def lying(membership: str = "") -> Q:
    """The condition of a membership that lies in an unsettled theme where no person put it; `membership` leads to it, as "membership__"."""
    cluster, themes = f"{membership}cluster", Theme.objects.unsettled().order_by().values("pk")
    free = Q(**{f"{cluster}__folded_into": None}) | Q(**{f"{cluster}__folded_into__held": False})
    return Q(**{f"{cluster}__held": False, f"{cluster}__theme__in": themes}) & free


class GleanedQuerySet(models.QuerySet["Gleaned"]):
    def visible_to(self, user: Any) -> GleanedQuerySet:
        """A partner sees single insights only: these are the words of others too."""
        return self if user.may("desk.view") and user.role != "partner" else self.none()

    def shown(self, least: int = 1) -> GleanedQuerySet:
        """With `people` and `messages` as of now, those first that most people state; without those that fewer than `least` are left of, or
        whose home is no insight any more."""
        there = lying("rows__membership__")
        rows = self.annotate(
            people=Count("rows__membership__customer", distinct=True, filter=there),
            messages=Count("rows", filter=there),
        )
        at_home = Q(home=None) | Q(
            home__in=Theme.objects.live().filter(insight__isnull=False).order_by().values("pk")
        )
        return (
            rows.filter(at_home, people__gte=least)
            .select_related("home")
            .order_by("-people", "-messages", "pk")
        )


class Gleaned(models.Model):
    """Computed (gathering/glean.py); it moves nothing until a person says so (decisions/edit.py)."""

    said = models.CharField(max_length=160, unique=True)
    home = models.ForeignKey(
        Theme,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="The theme whose title says it already.",
    )

    objects = GleanedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.said

    @property
    def members(self) -> QuerySet[Membership]:
        return Membership.objects.filter(lying(), gleaned__gleaned=self)


class GleanedMessage(models.Model):
    """One message stands under one of them."""

    membership = models.OneToOneField(
        Membership, primary_key=True, on_delete=models.CASCADE, related_name="gleaned"
    )
    gleaned = models.ForeignKey(Gleaned, on_delete=models.CASCADE, related_name="rows")

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.gleaned_id}"
