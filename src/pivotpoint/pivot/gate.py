"""An insight in front of a gate: a person lets it pass or holds it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot.loops import open_loop
from pivotpoint.pivot.models import Loop, Passage
from pivotpoint.pivot.refused import Refused


@transaction.atomic
def let_pass(passage: Passage, *, by: Any) -> Loop:
    """Hand the insight over through this gate; also one that was held or only collected."""
    return open_loop(passage.insight, passage.pivot, by=by, why=passage.why)


@transaction.atomic
def hold(passage: Passage, reason: str, *, by: Any) -> Passage:
    """Not through here, and why. It stands at the gate again when more people say it."""
    demand(by, "insight.change")
    if not reason.strip():
        raise Refused("Holding back needs a reason.")
    passage.refresh_from_db(from_queryset=Passage.objects.select_for_update())
    if passage.state == Passage.State.PASSED:
        raise Refused("It has passed already; decline its loop instead.")
    if passage.state != Passage.State.HELD:
        passage.state, passage.reason = Passage.State.HELD, reason.strip()[:300]
        passage.decided_at, passage.decided_by = clock.now(), user_of(by)
        passage.save()
        record("pivot.held", passage, by=by, insight=passage.insight_id, pivot=passage.pivot_id)
    return passage
