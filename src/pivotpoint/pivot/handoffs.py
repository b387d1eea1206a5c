"""Hand-offs: rows that enterprise's sweep delivers. Queued with the loop, so none is lost; keyed, so none is doubled."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from pivotpoint.accounts.permissions import demand
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Destination, Handoff, Loop
from pivotpoint.pivot.payload import payload as payload_of
from pivotpoint.pivot.refused import Refused

State = Handoff.State
WAITING = (State.QUEUED, State.SENDING)


def payload(loop: Loop) -> dict[str, Any]:
    """What a destination would be told about this loop now: the preview."""
    return payload_of(loop, f"loop-{loop.pk}-preview")


def queue(loop: Loop) -> list[Handoff]:
    """One hand-off for each of the pivot's destinations, in their order, in the caller's transaction.

    One in reserve waits until none of those before it gets through (reserve.py).
    """
    Handoff.objects.filter(loop=loop, state=State.RESERVE).update(state=State.PASSED)
    open_ones = loop.pivot.destinations.filter(closed_at=None).order_by("position", "pk")
    return [_queue(loop, each, in_reserve=each.how == Destination.How.FALLBACK) for each in open_ones]


def _queue(loop: Loop, destination: Destination, *, in_reserve: bool = False) -> Handoff:
    """The key counts the loop's hand-offs to this destination, so a repetition meets the unique key."""
    number = Handoff.objects.filter(loop=loop, destination=destination).count() + 1
    key = f"loop-{loop.pk}-{destination.pk}-{number}"
    handoff = Handoff.objects.create(
        loop=loop,
        destination=destination,
        key=key,
        state=State.RESERVE if in_reserve else State.QUEUED,
        payload=payload_of(loop, key),
        next_attempt_at=clock.now(),
    )
    if not in_reserve:
        record("pivot.handoff_queued", handoff, loop=loop.pk, destination=destination.pk)
    return handoff


def release(handoff: Handoff) -> bool:
    """Send what was in reserve, as the loop stands now; False when it is in reserve no more."""
    waiting = Handoff.objects.filter(pk=handoff.pk, state=State.RESERVE)
    now = payload_of(handoff.loop, handoff.key)
    if not waiting.update(state=State.QUEUED, payload=now, next_attempt_at=clock.now()):
        return False
    record("pivot.handoff_queued", handoff, loop=handoff.loop_id, destination=handoff.destination_id)
    return True


@transaction.atomic
def add(loop: Loop, destination: Destination, *, by: Any) -> Handoff:
    """Also hand an open loop to this destination; while one is still on its way there, that one."""
    demand(by, "loop.act")
    if loop.closed_at or destination.closed_at:
        raise Refused("The loop or the destination is closed.")
    there = Handoff.objects.filter(loop=loop, destination=destination)
    for reserve in there.filter(state=State.RESERVE).select_related("loop"):
        release(reserve)
    return there.filter(state__in=WAITING).first() or _queue(loop, destination)


@transaction.atomic
def replay(handoff: Handoff, *, by: Any) -> Handoff:
    """Send it once more, under the same key: a destination that has it already takes it once."""
    demand(by, "loop.act")
    again = Handoff.objects.filter(pk=handoff.pk).exclude(state__in=WAITING)
    if again.update(
        state=State.QUEUED, attempts_made=0, error="", claimed_at=None, next_attempt_at=clock.now()
    ):
        record("pivot.handoff_replayed", handoff, by=by, loop=handoff.loop_id)
    handoff.refresh_from_db()
    return handoff


def replay_dead(destination: Destination, *, by: Any) -> int:
    """Send everything again that died on its way to this destination; the number queued."""
    demand(by, "loop.act")
    dead = Handoff.objects.filter(destination=destination, state=State.DEAD).order_by("pk")
    return len([replay(handoff, by=by) for handoff in dead])
