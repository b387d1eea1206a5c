"""Attach an insight to a record that is there already in another system, though no hand-off of ours has made it.

Its loop then goes on with that record: how it stands there moves the loop, as if we had made it.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from pivotpoint.accounts.permissions import demand
from pivotpoint.enterprise.connectors import find, kinds
from pivotpoint.enterprise.connectors.contract import Adopts, Binds, Failed, There
from pivotpoint.enterprise.handoffs.forget import FOUND
from pivotpoint.enterprise.models import Counterpart
from pivotpoint.insights.models import Insight
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot import attach, handoffs, loops
from pivotpoint.pivot.models import Attempt, Destination, Handoff, Loop
from pivotpoint.pivot.refused import Refused


def adopts(kind: str) -> bool:
    return isinstance(kinds().get(kind), Adopts)


def adopt(insight: Insight, destination: Destination, reference: str, *, by: Any, why: str = "") -> Loop:
    """Returns the loop that continues with the record. If a loop has the record already, the insight is attached to
    that loop. Calling it twice changes nothing."""
    demand(by, "insight.change")
    connector = find(destination.kind) if adopts(destination.kind) else None
    if not isinstance(connector, Adopts):
        raise Refused(f"Nothing can be looked up in {destination}.")
    if not reference.strip():
        raise Refused("Write what the other system calls the record.")
    try:
        there = connector.find_record(destination, reference)
    except Failed as error:
        raise Refused(str(error)) from error
    return _go_on(insight, destination, there, by, why)


@transaction.atomic
def _go_on(insight: Insight, destination: Destination, there: There, by: Any, why: str) -> Loop:
    """Destinations are locked one after the other, so that the same record is not taken twice at once."""
    Destination.objects.select_for_update().get(pk=destination.pk)
    known = Counterpart.objects.filter(handoff__destination=destination, record=there.record)
    row = known.select_related("handoff__loop").order_by("-pk").first()
    loop = row.handoff.loop if row else Loop.objects.filter(pk=there.loop).first()
    if loop is not None and loop.closed_at is None:
        return loop if loop.insight_id == insight.pk else attach.attach(insight, loop, by=by, why=why).loop
    loop = loops.open_loop(
        insight, destination.pivot, by=by, why=why or f"It goes on with {there.external_ref}."
    )
    _pair(handoffs.add(loop, destination, by=None), there, by)
    return loop


def _pair(handoff: Handoff, there: There, by: Any) -> None:
    """What would have been sent is there. One that a worker has tried may have arrived as another record."""
    untried = Handoff.objects.filter(pk=handoff.pk, state=Handoff.State.QUEUED, attempts_made=0)
    taken = untried.update(
        state=Handoff.State.SENT,
        sent_at=clock.now(),
        attempts_made=1,
        external_ref=there.external_ref[:200],
        external_url=there.external_url,
    )
    if not taken:
        raise Refused(
            f"Loop {handoff.loop_id} is on its way to {handoff.destination} already; look again later."
        )
    Attempt.objects.create(handoff=handoff, delivered=True, status=FOUND, response=there.record)
    Counterpart.objects.create(handoff=handoff, record=there.record)
    connector = find(handoff.destination.kind)
    if isinstance(connector, Binds):
        connector.bind(handoff, there.record)
    about = {"loop": handoff.loop_id, "destination": handoff.destination_id, "record": there.record}
    record("enterprise.record_adopted", handoff, by=by, **about)
