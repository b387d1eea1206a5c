"""Telling one person what came of what they said."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from pivotpoint.lib import clock


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> NoticeQuerySet:
        return self if user.may("customer.view") else self.none()


class Notice(models.Model):
    """One person is told once about one loop's change (or its declining). `why_not` says why somebody is not written to."""

    class State(models.TextChoices):
        DRAFT = "draft", "To be approved"
        APPROVED = "approved", "Approved"
        QUEUED = "queued", "On its way"
        TOLD = "told", "Told"
        SKIPPED = "skipped", "Not written to"
        FAILED = "failed", "Not delivered"

    loop = models.ForeignKey("pivot.Loop", on_delete=models.CASCADE, related_name="notices")
    change = models.ForeignKey(
        "experiences.Change",
        null=True,
        on_delete=models.CASCADE,
        related_name="notices",
        help_text="None: declined.",
    )
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="notices")
    channel = models.ForeignKey("channels.Channel", null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    why_not = models.CharField(max_length=120, blank=True)
    delivery = models.OneToOneField(
        "channels.Delivery", null=True, on_delete=models.SET_NULL, related_name="notice"
    )
    created_at = models.DateTimeField(default=clock.now)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    told_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["loop", "change", "customer"], name="told_once"),
            models.UniqueConstraint(
                fields=["loop", "customer"], condition=models.Q(change=None), name="declined_told_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "created_at"]),
            models.Index(fields=["customer", "-created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.customer}"
