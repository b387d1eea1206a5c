"""A customer's record in another system, and where the two disagree."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class CustomerRecord(models.Model):
    """`agreed` holds the last common value of each field: the side that differs from it has changed since."""

    destination = models.ForeignKey("pivot.Destination", on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey(
        "customers.Customer", on_delete=models.CASCADE, related_name="records_elsewhere"
    )
    record = models.CharField(max_length=120)
    agreed = models.JSONField(default=dict)
    due_at = models.DateTimeField(default=clock.now)
    error = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["destination", "record"], name="customer_record_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="customer_record_due")]

    def __str__(self) -> str:
        return self.record


class ConflictQuerySet(SeenWith, models.QuerySet["Conflict"]):
    seen_with = "customer.view"

    def open(self) -> ConflictQuerySet:
        return self.filter(settled_at=None)


class Conflict(models.Model):
    """Both sides have changed one field. Nothing is overwritten until a person decides."""

    class Kept(models.TextChoices):
        OURS = "ours", "Ours"
        THEIRS = "theirs", "Theirs"
        AGREED = "agreed", "They agree by now"

    link = models.ForeignKey(CustomerRecord, on_delete=models.CASCADE, related_name="conflicts")
    field = models.CharField(max_length=60)
    ours = models.TextField(blank=True)
    theirs = models.TextField(blank=True)
    seen_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True)
    kept = models.CharField(max_length=6, choices=Kept.choices, blank=True)
    settled_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ConflictQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["link", "field"], condition=Q(settled_at=None), name="conflict_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: “{self.ours}” or “{self.theirs}”"


class Retraction(models.Model):
    """What we wrote to another system about an erased person and must remove there."""

    destination = models.ForeignKey("pivot.Destination", on_delete=models.CASCADE, related_name="+")
    record = models.CharField(max_length=120)
    fields = models.JSONField(default=list)
    due_at = models.DateTimeField(default=clock.now)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.record
