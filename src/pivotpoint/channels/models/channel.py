"""A way in and out."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock
from pivotpoint.lib.crypto import SecretField


class Kind(models.TextChoices):
    """Which adapter speaks it (adapters/<kind>/)."""

    FORM = "form", "Web form"
    PORTAL = "portal", "Portal"
    EMAIL = "email", "E-mail"
    API = "api", "API"
    SOCIAL = "social", "Social (imported)"
    REVIEW = "review", "Reviews (imported)"
    CALL = "call", "Call notes (imported)"
    SURVEY = "survey", "Survey (imported)"


class Policy(models.TextChoices):
    """Who lets words out on this channel."""

    FREE = "free", "Goes out by itself"
    APPROVED = "approved", "A person approves"
    NONE = "none", "Nothing goes out"


def new_key() -> str:
    return secrets.token_urlsafe(12)


class ChannelQuerySet(SeenWith, models.QuerySet["Channel"]):
    seen_with = "desk.view"


class Channel(models.Model):
    """`goal` is the WHY: without one, a channel is not opened. `key` is its public name in form addresses."""

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    goal = models.CharField(max_length=300)
    key = models.CharField(max_length=24, unique=True, default=new_key)
    replies = models.CharField(max_length=10, choices=Policy.choices, default=Policy.FREE)
    notices = models.CharField(max_length=10, choices=Policy.choices, default=Policy.APPROVED)
    notices_per_week = models.PositiveSmallIntegerField(
        default=2, help_text="At most so many notices a person and week, over all channels."
    )
    origins = models.JSONField(default=list, blank=True, help_text="Sites that may embed the form.")
    per_minute = models.PositiveIntegerField(default=60, help_text="Messages a minute from one address.")
    config = models.JSONField(default=dict, blank=True)
    secret = SecretField(blank=True, default="")
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
