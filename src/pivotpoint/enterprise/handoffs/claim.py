"""Claim one due hand-off, so that no other worker sends it: by one conditional UPDATE that also reads the row."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from pivotpoint.enterprise.pacing import pace
from pivotpoint.enterprise.pacing.pause import paused
from pivotpoint.lib import clock, stored
from pivotpoint.lib.row import choice
from pivotpoint.pivot.models import Destination, Handoff

WAITING = (Handoff.State.QUEUED, Handoff.State.SENDING)
FRESH = 1.0
"""Seconds for which a destination, and what of it rests, is known without asking again."""
PLACE, WHEN = -1, datetime(1, 1, 2, tzinfo=UTC)
"""Stand for the hand-off and the moment in the statement that is built once; below PLACE are the paused destinations."""
READ = ("id", "loop_id", "destination_id", "key", "payload", "attempts_made")
"""What every connector asks for; the rest is read when one asks for it."""


def due() -> QuerySet[Handoff]:
    """Hand-offs that may be sent now: they are due, their destination neither rests nor is paused, and no earlier
    hand-off of the same loop to it is still on its way."""
    return _due(clock.now(), paused())


def _due(now: datetime, paused: Sequence[int]) -> QuerySet[Handoff]:
    earlier = Handoff.objects.filter(
        loop=OuterRef("loop"), destination=OuterRef("destination"), pk__lt=OuterRef("pk"), state__in=WAITING
    )
    awake = Q(destination__rests_until=None) | Q(destination__rests_until__lte=now)
    queued = Handoff.objects.filter(awake, state=Handoff.State.QUEUED, next_attempt_at__lte=now)
    return queued.exclude(Exists(earlier)).exclude(destination__in=paused)


@cache
def _statement(paused: int, _vendor: str) -> tuple[str, tuple[Any, ...]]:
    """What claims one when so many destinations are paused; and its parameters, places among them (see Claims)."""
    rows = _due(WHEN, [PLACE - 1 - n for n in range(paused)]).filter(pk=PLACE)
    asked, parameters = rows.values("pk").query.sql_with_params()
    # Whatever is one of our own words stands in the statement, so that it is planned once (see choice).
    asked %= tuple(choice(each) if isinstance(each, Handoff.State) else "%s" for each in parameters)
    parameters = tuple(each for each in parameters if not isinstance(each, Handoff.State))
    sending, queued = choice(Handoff.State.SENDING), choice(Handoff.State.QUEUED)
    table = connection.ops.quote_name(Handoff._meta.db_table)
    # Names come from the model and values are bound. Asked once more outside: of two workers the second finds it taken.
    return (
        f"UPDATE {table} SET state = {sending}, claimed_at = %s, attempts_made = attempts_made + 1 "  # noqa: S608
        f"WHERE id IN ({asked}) AND state = {queued} RETURNING {', '.join(stored.column(Handoff, name) for name in READ)}"
    ), parameters


class Claims:
    """What claims made within one second share: the statement, the limits, the destinations with their secrets.

    Building the statement costs more than running it. Nothing is reused for longer than FRESH, or after a failure.
    """

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.limited = pace.limited().exists()
        self.destinations: dict[int, Destination] = {}
        resting = paused()
        self.sql, parameters = _statement(len(resting), connection.vendor)
        known = {PLACE - 1 - n: pk for n, pk in enumerate(resting)} | {
            stored.moment(WHEN): stored.moment(clock.now())
        }
        self.parameters = [known.get(each, each) for each in parameters]

    @property
    def fresh(self) -> bool:
        return time.monotonic() - self.begun < FRESH

    def forget(self) -> None:
        """Forget the destinations, because one has just failed."""
        self.destinations.clear()

    def take(self, pk: int) -> Handoff | None:
        """The claimed hand-off; None when another worker has it, or its destination rests or is full."""
        handoff = self._within_limits(pk) if self.limited else self._take(pk)
        if handoff is not None:
            handoff.destination = self._destination(handoff.destination_id)
        return handoff

    @transaction.atomic
    def _within_limits(self, pk: int) -> Handoff | None:
        limits = pace.hold(pk)
        return None if limits is not None and pace.is_full(limits) else self._take(pk)

    def _take(self, pk: int) -> Handoff | None:
        now = clock.now()
        due_ = [pk if each == PLACE else each for each in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [stored.moment(now), *due_])
            row = cursor.fetchone()
        if row is None:
            return None
        handoff = Handoff.from_db(connection.alias, READ, row)
        handoff.payload = json.loads(handoff.payload)  # both databases give its text
        handoff.state, handoff.claimed_at = Handoff.State.SENDING, now
        return handoff

    def _destination(self, pk: int) -> Destination:
        if pk not in self.destinations:
            # An unreadable secret is the connector's to report: it is read when the connector asks for it.
            self.destinations[pk] = Destination.objects.get(pk=pk)
        return self.destinations[pk]
