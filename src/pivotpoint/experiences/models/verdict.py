"""Their answer to "did it help?"."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.lib import clock


class Verdict(models.Model):
    """The last answer of one person to one notice counts; each answer is kept."""

    class Answer(models.TextChoices):
        HELPED = "helped", "It helped"
        PARTLY = "partly", "It helped in part"
        NOT = "not", "It did not help"

    notice = models.ForeignKey("experiences.Notice", on_delete=models.CASCADE, related_name="verdicts")
    answer = models.CharField(max_length=6, choices=Answer.choices)
    comment = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_answer_display()
