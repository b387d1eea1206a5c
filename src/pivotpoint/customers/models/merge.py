"""Two rows that are one person: suggested, done, undone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class Merge(models.Model):
    """`gone` was merged into `kept`; `moved` holds the ids that moved, so that it can be undone."""

    kept = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="merges")
    gone = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="merged_by")
    moved = models.JSONField(default=dict)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"


class MergeSuggestionQuerySet(SeenWith, models.QuerySet["MergeSuggestion"]):
    seen_with = "customer.view"

    def waiting(self) -> MergeSuggestionQuerySet:
        """What nobody has decided, about two people who are both still there."""
        return self.filter(
            decided_at=None,
            one__merged_into=None,
            other__merged_into=None,
            one__erased_at=None,
            other__erased_at=None,
        )


class MergeSuggestion(models.Model):
    """Two people who may be one; a person decides."""

    one = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="suggested_as_one")
    other = models.ForeignKey(
        "customers.Customer", on_delete=models.CASCADE, related_name="suggested_as_other"
    )
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = MergeSuggestionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["one", "other"], name="suggested_once")]

    def __str__(self) -> str:
        return f"{self.one_id} may be {self.other_id}: {self.reason}"


class SuggestionMark(models.Model):
    """How far the search for suggestions has come: one row, the last identity and customer it looked at."""

    identity = models.BigIntegerField(default=0)
    customer = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.customer}, {self.identity}"
