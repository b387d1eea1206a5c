"""Taxonomies: the organisation's own classes, and the messages that have them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class TaxonomyQuerySet(SeenWith, models.QuerySet["Taxonomy"]):
    seen_with = "desk.view"

    def open(self) -> TaxonomyQuerySet:
        return self.filter(closed_at=None)


class Taxonomy(models.Model):
    """If `changed_at` is later than `taught_at`, it must be taught again: the row is the queue entry.

    `version` names the taught weights, empty until it was taught; `trouble` says why it could not be.
    """

    name = models.CharField(max_length=80, unique=True)
    description = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.CharField(max_length=24, blank=True)
    taught_at = models.DateTimeField(null=True, blank=True)
    lessons = models.IntegerField(default=0, help_text="People's verdicts that it was taught.")
    last_verdict = models.BigIntegerField(
        default=0, help_text="The last verdict that the live version knows."
    )
    known = models.IntegerField(default=0, help_text="Verdicts that the live version knows.")
    trouble = models.CharField(max_length=200, blank=True)

    objects = TaxonomyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["closed_at", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_due(self) -> bool:
        """It has changed since it was taught; what `trouble` says is of before."""
        return self.taught_at is None or self.changed_at > self.taught_at


class TaxonomyClass(models.Model):
    """Taught by its example sentences and description. What belongs to it belongs to its parent too."""

    taxonomy = models.ForeignKey(Taxonomy, on_delete=models.CASCADE, related_name="classes")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children"
    )
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    examples = models.JSONField(default=list)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["taxonomy", "name"], condition=Q(retired_at=None), name="class_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A message has a class: read (`version`), or because a person says so (`by`).

    `evidence` holds half-open character offsets into the message's text.
    """

    message = models.ForeignKey("channels.Message", on_delete=models.CASCADE, related_name="tags")
    of = models.ForeignKey(TaxonomyClass, on_delete=models.CASCADE, related_name="tags", db_index=False)
    confidence = models.FloatField()
    evidence = models.JSONField(default=list)
    version = models.CharField(max_length=24, blank=True)
    by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["of", "message"], name="tag_once")]

    def __str__(self) -> str:
        return f"{self.message_id} is {self.of_id}"


class TagVerdict(models.Model):
    """A person says that a message has a class, or has it not; the last one that was not taken back counts.

    `read` is the confidence with which it had been read as it before, empty when it had not.
    """

    message = models.ForeignKey("channels.Message", on_delete=models.CASCADE, related_name="tag_verdicts")
    of = models.ForeignKey(TaxonomyClass, on_delete=models.CASCADE, related_name="verdicts")
    belongs = models.BooleanField()
    read = models.FloatField(null=True)
    before = models.JSONField(null=True, help_text="The tag as it was, to be undone.")
    by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.message_id} is {'' if self.belongs else 'not '}{self.of_id}"
