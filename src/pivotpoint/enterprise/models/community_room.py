"""An insight's response community, gathered in another system where its people talk."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.lib import clock


class CommunityRoom(models.Model):
    """`place` is the room's id there, empty until it is made; `heard` is how far we have read in it."""

    insight = models.OneToOneField(
        "insights.Insight", on_delete=models.CASCADE, related_name="community_room"
    )
    destination = models.ForeignKey("pivot.Destination", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=255, blank=True)
    url = models.URLField(max_length=500, blank=True)
    called = models.CharField(max_length=200, blank=True, help_text="Its name there, as we last gave it.")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(
        null=True, help_text="Nobody writes there any more: every loop has ended."
    )
    heard = models.TextField(blank=True)
    due_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at"], name="community_room_due")]

    def __str__(self) -> str:
        return self.place or f"room of insight {self.insight_id}"


class RoomGuest(models.Model):
    """A colleague who was invited into the room there, with the name that they had then."""

    room = models.ForeignKey(CommunityRoom, on_delete=models.CASCADE, related_name="guests")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["room", "user"], name="room_guest_once")]

    def __str__(self) -> str:
        return f"{self.user} as {self.name}"


class RoomPost(models.Model):
    """A post that is on both sides: `key` names it here (comment-5, loop-3, move-12), `event` there."""

    room = models.ForeignKey(CommunityRoom, on_delete=models.CASCADE, related_name="posts")
    key = models.CharField(max_length=60)
    event = models.CharField(max_length=255)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["room", "key"], name="room_post_once"),
            models.UniqueConstraint(fields=["room", "event"], name="room_event_once"),
        ]

    def __str__(self) -> str:
        return self.key


class RoomName(models.Model):
    """A colleague's name where rooms are made, such as @ines:example.com in Matrix."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="room_name")
    name = models.CharField(max_length=255, unique=True)

    def __str__(self) -> str:
        return self.name
