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

WAITING = (Handoff.State.QUEUED, Handoff.State.SENDING)


def payload(loop: Loop) -> dict[str, Any]:
    """What a destination would be told about this loop now: the preview."""
    return payload_of(loop, f"loop-{loop.pk}-preview")


def queue(loop: Loop) -> list[Handoff]:
    """One hand-off for each of the pivot's destinations, in the caller's transaction."""
    open_ones = loop.pivot.destinations.filter(closed_at=None).order_by("position", "pk")
    return [_queue(loop, destination) for destination in open_ones]


def _queue(loop: Loop, destination: Destination) -> Handoff:
    """The key counts the loop's hand-offs to this destination, so a repetition meets the unique key."""
    number = Handoff.objects.filter(loop=loop, destination=destination).count() + 1
    key = f"loop-{loop.pk}-{destination.pk}-{number}"
    handoff = Handoff.objects.create(
        loop=loop,
        destination=destination,
        key=key,
        payload=payload_of(loop, key),
        next_attempt_at=clock.now(),
    )
    record("pivot.handoff_queued", handoff, loop=loop.pk, destination=destination.pk)
    return handoff


@transaction.atomic
def add(loop: Loop, destination: Destination, *, by: Any) -> Handoff:
    """Also hand an open loop to this destination; while one is still on its way there, that one."""
    demand(by, "loop.act")
    if loop.closed_at or destination.closed_at:
        raise Refused("The loop or the destination is closed.")
    waiting = Handoff.objects.filter(loop=loop, destination=destination, state__in=WAITING).first()
    return waiting or _queue(loop, destination)


@transaction.atomic
def replay(handoff: Handoff, *, by: Any) -> Handoff:
    """Send it once more, under the same key: a destination that has it already takes it once."""
    demand(by, "loop.act")
    again = Handoff.objects.filter(pk=handoff.pk).exclude(state__in=WAITING)
    if again.update(
        state=Handoff.State.QUEUED, attempts_made=0, error="", claimed_at=None, next_attempt_at=clock.now()
    ):
        record("pivot.handoff_replayed", handoff, by=by, loop=handoff.loop_id)
    handoff.refresh_from_db()
    return handoff


def replay_dead(destination: Destination, *, by: Any) -> int:
    """Send everything again that died on its way to this destination; the number queued."""
    demand(by, "loop.act")
    dead = Handoff.objects.filter(destination=destination, state=Handoff.State.DEAD).order_by("pk")
    return len([replay(handoff, by=by) for handoff in dead])
