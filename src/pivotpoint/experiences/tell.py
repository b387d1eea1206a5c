"""Approved notices leave through the outbox; what became of them comes back; when all are through, the loop is told."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from pivotpoint.channels import outbox
from pivotpoint.channels.models import Delivery, Policy
from pivotpoint.customers.models import Purpose
from pivotpoint.experiences import links, wording
from pivotpoint.experiences.models import Notice, Telling
from pivotpoint.experiences.policy import outbound, silent
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import record
from pivotpoint.lib.prepared import any_of
from pivotpoint.pivot import loops as loop_verbs
from pivotpoint.pivot.models import Loop, Stage

State = Notice.State
OUTCOMES = {
    Delivery.State.SENT: State.TOLD,
    Delivery.State.STOPPED: State.SKIPPED,
    Delivery.State.DEAD: State.FAILED,
}

EVENTS = {
    "channels.delivery_sent": Delivery.State.SENT,
    "channels.delivery_stopped": Delivery.State.STOPPED,
    "channels.delivery_failed": Delivery.State.DEAD,
}


def send(limit: int = 500) -> int:
    """Approved notices into the outbox; how many. The policy is asked again here, consent when the words leave."""
    if not _any_approved():
        return 0
    rows = Notice.objects.filter(state=State.APPROVED).select_related("channel", "customer", "loop__pivot")
    notices = list(rows.order_by("approved_at", "pk")[:limit])
    for notice in notices:
        _send(notice)
    return len(notices)


@transaction.atomic
def _send(notice: Notice) -> None:
    """One notice; the claim, the delivery and their tie are one transaction, so it leaves once in effect."""
    mine = Notice.objects.filter(pk=notice.pk, state=State.APPROVED)
    channel = notice.channel
    policy = Policy.NONE if channel is None else outbound(channel, notice.loop.pivot)
    if channel is None or channel.closed_at or policy == Policy.NONE:
        mine.update(state=State.SKIPPED, why_not=silent(channel))
    elif policy == Policy.APPROVED and notice.approved_by_id is None:
        # The policy became stricter after the notice was drafted.
        mine.update(state=State.DRAFT, approved_at=None)
    elif mine.update(state=State.QUEUED):
        delivery = outbox.post(
            channel,
            notice.customer,
            purpose=Purpose.NOTICE,
            subject=notice.subject,
            text=wording.with_link(notice.text, links.follow(notice)),
            key=f"notice:{notice.pk}",
        )
        Notice.objects.filter(pk=notice.pk).update(delivery=delivery)


def take_outcomes() -> int:
    """Notices whose delivery has ended say so; how many. A few statements for up to 5,000."""
    return _take(Delivery.objects.exclude(notice=None)) if _any_ended() else 0


_any_approved = any_of(lambda: Notice.objects.filter(state=State.APPROVED))
_any_ended = any_of(lambda: Notice.objects.filter(state=State.QUEUED, delivery__state__in=OUTCOMES))


def _take(deliveries: QuerySet[Delivery]) -> int:
    ended = 0
    for outcome in OUTCOMES:
        found = deliveries.filter(state=outcome, notice__state=State.QUEUED)
        ended += _say(Q(delivery__in=list(found.values_list("pk", flat=True)[:5_000])), outcome)
    return ended


def _say(those: Q, outcome: Delivery.State) -> int:
    """These notices, whose delivery has ended so, say it; how many did not yet."""
    notices, state = Notice.objects.filter(those, state=State.QUEUED), OUTCOMES[outcome]
    delivery = Delivery.objects.filter(pk=OuterRef("delivery"))
    if state == State.TOLD:
        return notices.update(state=state, told_at=Subquery(delivery.values("sent_at")[:1]))
    return notices.update(state=state, why_not=Substr(Subquery(delivery.values("error")[:1]), 1, 120))


def may_be_ours(data: dict[str, Any]) -> bool:
    """Unless it was a reply, a delivery perhaps carried a notice."""
    return data.get("purpose") != Purpose.REPLY


def on_outcome(event: Event) -> None:
    """A delivery that perhaps carried a notice has ended."""
    outcome = EVENTS[event.name]
    _say(Q(Exists(_ended_so(outcome)), delivery=event.subject_id), outcome)


def _ended_so(outcome: Delivery.State) -> QuerySet[Delivery]:
    """Not before, nor tried again since."""
    return Delivery.objects.filter(pk=OuterRef("delivery"), state=outcome)


def finish() -> int:
    """Loops whose people have all been told, or cannot be: on to told; a declined one closes. How many."""
    return (
        sum(_finish(telling) for telling in _through().select_related("loop__pivot")) if _any_through() else 0
    )


def _through() -> QuerySet[Telling]:
    pending = Notice.objects.filter(
        loop=OuterRef("loop"), state__in=(State.DRAFT, State.APPROVED, State.QUEUED)
    )
    due = Q(loop__stage=Stage.DELIVERED, change__isnull=False) | Q(loop__stage=Stage.DECLINED, change=None)
    complete = Telling.objects.current().complete().filter(due, loop__closed_at=None)
    return complete.exclude(Exists(pending))


_any_through = any_of(_through)


@transaction.atomic
def _finish(telling: Telling) -> bool:
    loop: Loop = telling.loop
    notices = Notice.objects.filter(loop=loop, change=telling.change_id)
    told, people = notices.filter(state=State.TOLD).count(), notices.count()
    loop_verbs.told(loop, by=None, reason=f"{told} of {people} were told.")
    record("experiences.everyone_told", loop, told=told, people=people)
    return True
