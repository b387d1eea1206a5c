"""Notices that must not leave any more, or not this way."""

from __future__ import annotations

from django.db.models import QuerySet

from pivotpoint.channels import outbox
from pivotpoint.channels.models import Policy
from pivotpoint.customers.models import Purpose
from pivotpoint.experiences import audience
from pivotpoint.experiences.models import Notice
from pivotpoint.journal.models import Event
from pivotpoint.pivot.models import Loop

WITHDRAWN = "Consent was withdrawn"
REOPENED = "The loop was reopened"
WAITING = (Notice.State.DRAFT, Notice.State.APPROVED)


def hold(notices: QuerySet[Notice], why_not: str) -> int:
    """Those that have not left are not sent, and say why; how many."""
    return notices.filter(state__in=WAITING).update(state=Notice.State.SKIPPED, why_not=why_not[:120])


def on_reopened(event: Event) -> None:
    """Nobody hears that it is done while it is not."""
    hold(Notice.objects.filter(loop=event.subject_id), REOPENED)


def on_detached(event: Event) -> None:
    """Whoever was behind the detached insight alone is not told with this loop. What has not left is no notice at all,
    so that it is written anew when the insight is attached again."""
    loop = Loop.objects.filter(pk=event.subject_id).first()
    if loop is not None:
        there = audience.behind(loop).values("customer")
        Notice.objects.filter(loop=loop, state__in=WAITING).exclude(customer__in=there).delete()


def on_withdrawn(event: Event) -> None:
    """What waits for this person takes a channel that they still allow, or stays here.

    What has left for the outbox is stopped there.
    """
    waiting = Notice.objects.filter(customer=event.subject_id, state__in=WAITING)
    if not waiting.exists():
        return
    route = outbox.route([event.subject_id], Purpose.NOTICE)[event.subject_id]
    if isinstance(route, str):
        hold(waiting, f"{WITHDRAWN}: {route}")
        return
    moved = waiting.exclude(channel=route)
    if route.notices == Policy.APPROVED:
        moved.filter(approved_by=None).update(state=Notice.State.DRAFT, approved_at=None)
    moved.update(channel=route)
