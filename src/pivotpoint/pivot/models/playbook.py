"""A pivot's playbook: the steps that a loop takes once it is accepted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PlaybookStep(models.Model):
    """One step: what, who, and by when, counted in the pivot's business hours from the acceptance.

    `checklist` has a thing to tick on each line; `answer` is a standing text for whoever answers a customer in it.
    """

    class Who(models.TextChoices):
        OWNER = "owner", "The loop's owner"
        LEAD = "lead", "A function's lead"
        PERSON = "person", "One person"

    pivot = models.ForeignKey("pivot.Pivot", on_delete=models.CASCADE, related_name="playbook_steps")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200, help_text="What is to be done.")
    who = models.CharField(max_length=6, choices=Who.choices, default=Who.OWNER)
    team = models.ForeignKey(
        "accounts.Team",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whose lead; none: the pivot's own function's.",
    )
    person = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_hours = models.PositiveIntegerField(default=24)
    checklist = models.TextField(max_length=2_000, blank=True)
    answer = models.TextField(max_length=5_000, blank=True)

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.text
