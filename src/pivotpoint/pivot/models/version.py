"""Versions of pivots, and proposed changes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock
from pivotpoint.pivot.models.pivot import Pivot


class PivotVersionQuerySet(models.QuerySet["PivotVersion"]):
    def visible_to(self, user: Any) -> PivotVersionQuerySet:
        return self.filter(pivot__in=Pivot.objects.visible_to(user))


class PivotVersion(models.Model):
    """The whole pivot as data (pivot/content), never changed. `difference` says in words what the one before was not."""

    pivot = models.ForeignKey("pivot.Pivot", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    difference = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    actor_name = models.CharField(max_length=200)

    objects = PivotVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["pivot", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.pivot}"


class ProposalQuerySet(SeenWith, models.QuerySet["Proposal"]):
    seen_with = "pivot.view"

    def open(self) -> ProposalQuerySet:
        return self.filter(decided_at=None)


class Proposal(models.Model):
    """Changes that wait for a second pair of eyes; then who looked, when, and what they said."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"

    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    actor_name = models.CharField(max_length=200)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    decider_name = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=300, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["at"], condition=Q(decided_at=None), name="proposal_open"),
        ]

    def __str__(self) -> str:
        return f"Proposal {self.pk}"

    @property
    def waited_hours(self) -> float:
        """From the proposal to the verdict, or until now."""
        return ((self.decided_at or clock.now()) - self.at).total_seconds() / 3600


class ProposedChange(models.Model):
    """One pivot of a proposal. `base` is the version that its author saw; a new pivot has neither pivot nor base."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="changes")
    pivot = models.ForeignKey("pivot.Pivot", null=True, on_delete=models.CASCADE, related_name="proposed")
    base = models.ForeignKey(PivotVersion, null=True, on_delete=models.CASCADE, related_name="+")
    content = models.JSONField()
    difference = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.content.get('name')} in {self.proposal}"
