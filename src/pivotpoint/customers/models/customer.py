"""A person, and the company or household they belong to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class Organisation(models.Model):
    """A customer's company or household."""

    name = models.CharField(max_length=160, unique=True)
    domain = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name


class CustomerQuerySet(SeenWith, models.QuerySet["Customer"]):
    seen_with = "customer.view"

    def people(self) -> CustomerQuerySet:
        """Each person once: without those merged into another."""
        return self.filter(merged_into=None, erased_at=None)


class Customer(models.Model):
    """One person. `merged_into` points at the person whom this row turned out to be."""

    name = models.CharField(max_length=160, blank=True)
    known_as = models.CharField(
        max_length=200,
        blank=True,
        help_text="A handle under which they speak in public: their name until we know it.",
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="customers",
        db_index=False,
    )
    segment = models.CharField(max_length=60, blank=True, db_index=True)
    language = models.CharField(max_length=8, blank=True)
    fields = models.JSONField(default=dict, blank=True, help_text="The organisation's own fields.")
    since = models.DateTimeField(default=clock.now)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_from",
        db_index=False,
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "name"],
                condition=models.Q(organisation__isnull=False),
                name="customer_in_organisation",
            ),
            # Of the merged ones only: else SQLite takes "not merged", which is nearly all, for the few to start from.
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="customer_merged_into",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.known_as or f"Customer {self.pk}"

    @property
    def person(self) -> Customer:
        """The row that stands for this person."""
        return self.merged_into.person if self.merged_into_id and self.merged_into else self
