"""Doubtful readings, for people to judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.channels.models import Message
from pivotpoint.listening.doubt import ABSTAINS, DOUBTED
from pivotpoint.listening.models import Glance, Reading


def doubtful(who: Any) -> QuerySet[Reading]:
    """Messages on which the reader abstained, except those that this colleague could not judge either."""
    if not who.may("customer.view"):
        return Reading.objects.none()
    looked = Glance.objects.filter(message=OuterRef("pk"), by=user_of(who))
    return Reading.objects.filter(~Exists(looked), doubt__gte=ABSTAINS).order_by("-doubt", "pk")


def asked_about(confidence: Mapping[str, float | None], *, moods: bool) -> tuple[str, float]:
    """The least sure judgement that somebody acts upon, and how sure."""
    fields = [field for field in DOUBTED if moods or field != "mood"]
    sure = {field: 1.0 if (value := confidence.get(field)) is None else value for field in fields}
    field = min(fields, key=lambda name: sure[name])
    return field, sure[field]


def cannot_tell(message: Message, *, by: Any) -> Glance:
    """Remove the message from this colleague's queue. Idempotent."""
    demand(by, "reading.correct")
    glance, _ = Glance.objects.get_or_create(message=message, by=user_of(by))
    return glance
