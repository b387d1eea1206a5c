"""A step with an owner and a due date."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class TaskQuerySet(SeenWith, models.QuerySet["Task"]):
    seen_with = "desk.view"
    partner_sees = "team"

    def open(self) -> TaskQuerySet:
        return self.filter(done_at=None)


class Task(models.Model):
    """`handoff_key` ties it to the hand-off that made it, `step_key` to the step of a playbook: the same key twice is
    one task."""

    insight = models.ForeignKey("insights.Insight", null=True, on_delete=models.CASCADE, related_name="tasks")
    loop = models.ForeignKey("pivot.Loop", null=True, on_delete=models.CASCADE, related_name="tasks")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="tasks")
    due_at = models.DateTimeField()
    handoff_key = models.CharField(max_length=80, null=True, unique=True)
    step_key = models.CharField(max_length=40, null=True, unique=True)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["due_at"], condition=Q(done_at=None), name="task_open_due")]

    def __str__(self) -> str:
        return self.title
