"""The parts into which a theme falls: of a card payment one part does not recognise it, in another it was reverted. Or what is said of
the thing that it is called by: of e-mails, that none came."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When

from pivotpoint.insights.models.cluster import Membership, MicroCluster


class PartQuerySet(models.QuerySet["ThemePart"]):
    def shown(self) -> PartQuerySet:
        """Those with messages: first what the title says, then the most people, and last what is in none of them."""
        place = Case(When(titled=True, then=Value(0)), When(said="", then=Value(2)), default=Value(1))
        return self.filter(messages__gt=0).order_by("theme", place, "-people", "-messages", "pk")


class ThemePart(models.Model):
    """`said` is what its messages say; nothing for those that are in none. A message is in the part of its micro-cluster. The counts are kept roll-ups (counting/parts.py)."""

    theme = models.ForeignKey(
        "insights.Theme", on_delete=models.CASCADE, related_name="parts", db_index=False
    )
    said = models.CharField(max_length=160, blank=True)
    titled = models.BooleanField(default=False, help_text="The theme's title says it already.")
    worded = models.BooleanField(
        default=False,
        help_text="Told by words: whether who comes later says them is not known until the next look.",
    )
    people = models.IntegerField(default=0)
    messages = models.IntegerField(default=0)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["theme", "said"], name="theme_part_once")]

    def __str__(self) -> str:
        return self.said or "Something else"

    @property
    def clusters(self) -> QuerySet[MicroCluster]:
        """Those of its theme: others have moved away since. A folded one is where that is into which it folded."""
        own = Q(folded_into=None, in_part__part=self) | Q(folded_into__in_part__part=self)
        return MicroCluster.objects.filter(own, theme=self.theme_id)

    @property
    def members(self) -> QuerySet[Membership]:
        return Membership.objects.filter(cluster__in=self.clusters.order_by().values("pk"))


class PartCluster(models.Model):
    """Which part a micro-cluster is in; none that was folded into another has a row of its own."""

    cluster = models.OneToOneField(
        MicroCluster, primary_key=True, on_delete=models.CASCADE, related_name="in_part"
    )
    part = models.ForeignKey(ThemePart, on_delete=models.CASCADE, related_name="rows")

    def __str__(self) -> str:
        return f"{self.cluster_id} in {self.part_id}"
