"""Events that go out to one address, and each delivery of one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock
from pivotpoint.lib.crypto import SecretField


class FeedQuerySet(SeenWith, models.QuerySet["Feed"]):
    seen_with = "pivot.change"


class FeedManager(models.Manager.from_queryset(FeedQuerySet)):  # type: ignore[misc]
    """Loads the secret only when it is used, so that a changed SECRET_KEY does not break the list."""

    def get_queryset(self) -> FeedQuerySet:
        return super().get_queryset().defer("secret", "former_secret")  # type: ignore[no-any-return]


class Feed(models.Model):
    """`events` names what goes out. It is signed as hand-offs are, with a secret of its own."""

    name = models.CharField(max_length=80)
    url = models.URLField(max_length=500)
    events = models.JSONField(default=list)
    secret = SecretField(blank=True, default="")
    former_secret = SecretField(blank=True, default="")
    former_until = models.DateTimeField(null=True, help_text="So long the secret before it counts as well.")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = FeedManager()

    def __str__(self) -> str:
        return self.name

    def secrets(self) -> list[str]:
        """The secrets that sign now: the current one and, for a while, the former one."""
        changing = self.former_until is not None and self.former_until > clock.now()
        return [self.secret, self.former_secret] if changing and self.former_secret else [self.secret]


class FeedDelivery(models.Model):
    """One event for one feed, stored before it is sent (law 5). Its body is made when it is sent and not stored."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        SENDING = "sending", "Going out"
        SENT = "sent", "Sent"
        DEAD = "dead", "Stopped after all tries"

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey("journal.Event", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=60, unique=True, help_text="The webhook-id; the same at every attempt.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=40, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["feed", "event"], name="feed_event_once")]
        indexes: ClassVar = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="queued"), name="feed_due"),
        ]

    def __str__(self) -> str:
        return self.key
