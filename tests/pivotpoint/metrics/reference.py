"""The ledger as one would keep it by hand: every message looked at by itself. Slow, and plainly right."""

from __future__ import annotations

from collections import Counter

from django.db.models import Q

from pivotpoint.channels.models import Message
from pivotpoint.insights.models import Membership
from pivotpoint.listening.models import Reading
from pivotpoint.pivot.models import Attachment, Loop


def place(message: Message) -> str:
    """The first of these that is true of it."""
    if message.quarantined:
        return "quarantined"
    reading = Reading.objects.filter(message=message).first()
    if reading is None and message.read_at is not None:
        return "lost"
    if reading is not None and not reading.about_us:
        return "not_about_us"
    membership = Membership.objects.filter(message=message).select_related("cluster__theme").first()
    if membership is not None:
        theme = membership.cluster.theme_id
        along = Attachment.objects.filter(insight=theme, detached_at=None).values("loop")
        loops = list(Loop.objects.filter(Q(insight=theme) | Q(pk__in=along)))
        if any(loop.closed_at is None for loop in loops):
            return "open_loop"
        if loops:
            return "closed_loop"
        if membership.cluster.theme is not None and not membership.cluster.theme.about_us:
            return "not_about_us"
    if message.conversation is not None and message.conversation.answered_at is not None:
        return "answered"
    return "waiting"


def by_hand() -> dict[str, int]:
    """Messages per place."""
    heard = Message.objects.filter(direction="in").select_related("conversation")
    return dict(Counter(place(message) for message in heard))
