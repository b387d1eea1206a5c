"""Two rows that are one person: suggested, done, undone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

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

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["one", "other"], name="suggested_once")]

    def __str__(self) -> str:
        return f"{self.one_id} may be {self.other_id}: {self.reason}"
