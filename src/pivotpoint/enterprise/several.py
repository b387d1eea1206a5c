"""Hand-offs to one receiver that takes each key once: claimed and written down several at a time.

Two statements for each would cost more than the call. A worker that is killed on the way has some sent again, under the
same keys, as after a kill in the middle of one; so this is only for connectors that say TAKES_ONCE.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from pivotpoint.enterprise import counterparts, rest
from pivotpoint.enterprise.claim import due
from pivotpoint.enterprise.connectors import Sent, kinds
from pivotpoint.enterprise.connectors.contract import TakesOnce
from pivotpoint.lib import bulk, clock
from pivotpoint.pivot.models import Attempt, Destination, Handoff

State = Handoff.State
MOST = 50
LONGEST = 2.0
"""Seconds that a claim waits for its turn; after that it is given back. What is paused or erased meanwhile waits no longer
than for a call that is under way."""


@dataclass(frozen=True)
class Arrived:
    handoff: Handoff
    sent: Sent
    at: datetime
    took_ms: int


def may_go_together(destination: Destination) -> bool:
    """A limit counts one by one."""
    return not destination.limited and isinstance(kinds().get(destination.kind), TakesOnce)


def send_several(destination: Destination, pks: Sequence[int], send: Callable[[Handoff], Sent | None]) -> int:
    """Those of them that are still to be had, to their one destination; how many were tried.

    `send` gives None after it has written down a failure itself; then the others are looked at anew.
    """
    waiting, arrived, failed = _claim(pks), [], 0
    until = time.monotonic() + LONGEST
    try:
        while waiting and not failed and time.monotonic() < until:
            handoff = waiting.pop(0)
            handoff.destination, begun = destination, time.monotonic()
            sent = send(handoff)
            if sent is None:
                failed = 1
            else:
                took = round((time.monotonic() - begun) * 1000)
                arrived.append(Arrived(handoff, sent, clock.now(), took))
    finally:
        _write_down(destination, arrived)
        _give_back(waiting)
    return len(arrived) + failed


@transaction.atomic
def _claim(pks: Sequence[int]) -> list[Handoff]:
    rows = due().filter(pk__in=pks).select_for_update(skip_locked=True, of=("self",)).values("pk")
    asked, parameters = rows.query.sql_with_params()
    table = connection.ops.quote_name(Handoff._meta.db_table)
    # Names come from the model and values are bound. Asked once more outside: of two workers the second finds it taken.
    sql = (
        f"UPDATE {table} SET state = %s, claimed_at = %s, attempts_made = attempts_made + 1 "  # noqa: S608
        f"WHERE id IN ({asked}) AND state = %s RETURNING *"
    )
    given = [State.SENDING, bulk.moment(clock.now()), *parameters, State.QUEUED]
    return sorted(Handoff.objects.raw(sql, given), key=lambda row: (row.next_attempt_at, row.pk))


@transaction.atomic
def _write_down(destination: Destination, arrived: Sequence[Arrived]) -> None:
    """What was answered meanwhile stays answered, and gets their reference all the same."""
    if not arrived:
        return
    bulk.insert(
        Attempt,
        ("handoff", "at", "delivered", "status", "response", "took_ms"),
        [
            (
                one.handoff.pk,
                bulk.moment(one.at),
                True,
                one.sent.status[:40],
                one.sent.response[:2000],
                one.took_ms,
            )
            for one in arrived
        ],
    )
    there = ("sent_at", "external_ref", "external_url")
    said = [(one.at, one.sent.external_ref, one.sent.external_url) for one in arrived]
    bulk.put_each(
        Handoff,
        (*there, "state", "error", "claimed_at"),
        ("pk", "state", "claimed_at"),
        [
            (*row, State.SENT, "", None, one.handoff.pk, State.SENDING, one.handoff.claimed_at)
            for one, row in zip(arrived, said, strict=True)
        ],
    )
    elsewhere = set(
        Handoff.objects.filter(pk__in=[one.handoff.pk for one in arrived])
        .exclude(state=State.SENT)
        .values_list("pk", flat=True)
    )
    for one, row in zip(arrived, said, strict=True):
        if one.handoff.pk in elsewhere:
            Handoff.objects.filter(pk=one.handoff.pk).update(**dict(zip(there, row, strict=True)))
    for one in arrived:
        counterparts.note(one.handoff, one.sent)
    rest.went_well(destination)


def _give_back(waiting: Sequence[Handoff]) -> None:
    """They were not tried."""
    if waiting:
        ours = Handoff.objects.filter(
            pk__in=[each.pk for each in waiting], state=State.SENDING, claimed_at=waiting[0].claimed_at
        )
        ours.update(state=State.QUEUED, claimed_at=None, attempts_made=F("attempts_made") - 1)
