"""Escalations: a due date has passed and somebody was told. A row, so that the loop shows it and the e-mail goes
out once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.jobs.letters import Letter


class EscalationStep(models.Model):
    """One step of a pivot's own path. A pivot without steps goes the usual way (escalation_path.USUAL)."""

    class To(models.TextChoices):
        LEAD = "lead", "The function's lead"
        OWNER = "owner", "The pivot's owner"
        PERSON = "person", "One person"
        NEXT = "next", "The next in line"
        ADMINISTRATOR = "administrator", "An administrator"

    pivot = models.ForeignKey("pivot.Pivot", on_delete=models.CASCADE, related_name="escalation_steps")
    position = models.PositiveSmallIntegerField()
    after_hours = models.PositiveIntegerField(
        default=0, help_text="After the due date, in the pivot's hours."
    )
    to = models.CharField(max_length=13, choices=To.choices, default=To.LEAD)
    person = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    gives = models.BooleanField(default=False, help_text="They own the loop from then on.")

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        whom = str(self.person) if self.person else str(self.get_to_display())
        what = "owns it" if self.gives else "is told"
        return f"{whom} {what} after {self.after_hours} h"


class Escalation(Letter):
    """Step number `level` was taken. With `gives`, whoever was told owns the loop since."""

    loop = models.ForeignKey("pivot.Loop", on_delete=models.CASCADE, related_name="escalations")
    level = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField(help_text="The date that passed.")
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    told = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="escalations")
    gives = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["loop", "due_at", "level"], name="escalated_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["at"], condition=Q(mailed_at=None), name="escalation_unmailed")
        ]

    def __str__(self) -> str:
        return f"Loop {self.loop_id}, level {self.level}: {self.told} was told"
