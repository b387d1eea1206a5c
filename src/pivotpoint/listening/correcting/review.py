"""Doubtful readings, for people to judge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.channels.models import Message
from pivotpoint.lib import clock
from pivotpoint.listening.correcting.correct import undo
from pivotpoint.listening.doubt import ABSTAINS, DOUBTED
from pivotpoint.listening.models import Correction, Glance, Reading

LATELY = timedelta(hours=1)
"""So long after an answer the review offers to take it back."""


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


def last_answer(who: Any) -> Correction | Glance | None:
    """What this colleague said last, within the last hour: a judgement that stands, or that they cannot tell."""
    if (user := user_of(who)) is None:
        return None
    since = clock.now() - LATELY
    mine = Correction.objects.standing().filter(by=user, at__gte=since).select_related("message")
    seen = Glance.objects.filter(by=user, at__gte=since).select_related("message")
    said: list[Correction | Glance] = [*mine.order_by("-at", "-pk")[:1], *seen.order_by("-at", "-pk")[:1]]
    return max(said, key=lambda one: one.at, default=None)


def judged_today(who: Any) -> int:
    """Messages of which this colleague has said something since midnight."""
    mine = Correction.objects.standing().filter(by=user_of(who), at__date=clock.today())
    return mine.order_by().values("message").distinct().count()


@transaction.atomic
def take_back(message: Message, *, by: Any) -> None:
    """This colleague's last answer about the message was wrong: all that it judged is as it was, and it is asked again.

    Idempotent: an answer that was taken back is not there any more, and none before it is touched.
    """
    demand(by, "reading.correct")
    last = last_answer(by)
    if last is None or last.message_id != message.pk:
        return
    if isinstance(last, Glance):
        last.delete()
        return
    rows = Correction.objects.standing().filter(message=message, by=user_of(by), at=last.at)
    for correction in rows.order_by("-pk"):
        undo(correction, by=by)
