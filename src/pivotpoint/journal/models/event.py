"""One fact, and what each subscriber made of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from pivotpoint.lib import clock


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: models.Model) -> EventQuerySet:
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)


class Event(models.Model):
    """`stage.past_tense`, its subject, its actor, its time. Never changed, never deleted but by erasure."""

    name = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)
    data = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id", "at"]),
            models.Index(fields=["name", "at"]),
            models.Index(fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject_kind}:{self.subject_id}"

    def subject(self) -> Any:
        """The row itself, or None when it is gone."""
        from django.apps import apps

        model = apps.get_model(self.subject_kind)
        return model._default_manager.filter(pk=self.subject_id).first()


class Dispatch(models.Model):
    """One event for one subscriber: written with the event, deleted when the subscriber has done its work."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="dispatches")
    subscriber = models.CharField(max_length=160)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    error = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "subscriber"], name="dispatch_once")
        ]
        indexes: ClassVar = [models.Index(fields=["next_attempt_at"])]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.subscriber}"
