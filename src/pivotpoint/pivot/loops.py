"""What people do with a loop. Each verb is one transaction, checks the right to it, and can be repeated."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.insights.models import Insight
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot import handoffs, passages, stages, targets, versions
from pivotpoint.pivot.follow import survivor
from pivotpoint.pivot.models import Attachment, Loop, Pivot, Stage, StageMove
from pivotpoint.pivot.owners import demand_able, owner_for
from pivotpoint.pivot.refused import Refused


@transaction.atomic
def open_loop(insight: Insight, pivot: Pivot, *, by: Any, owner: User | None = None, why: str = "") -> Loop:
    """Hand an insight over: open a loop with an owner and a due date, and queue its hand-offs. If the insight has
    an open loop at this pivot, that loop is returned."""
    demand(by, "insight.change")
    insight = survivor(insight)
    loop = _present(insight, pivot)
    if loop:
        return loop
    if pivot.closed_at:
        raise Refused(f"{pivot} is closed; choose another pivot.")
    owner = demand_able(owner) if owner else owner_for(pivot)
    now = clock.now()
    loop = Loop(insight=insight, pivot=pivot, team=pivot.team, owner=owner, opened_by=user_of(by))
    loop.version = versions.current(pivot)
    loop.due_at = targets.due(pivot, Stage.HEARD, insight.opened_at)
    try:
        with transaction.atomic():
            stages.write(loop, None, at=min(now, insight.opened_at))
    except IntegrityError:
        # Somebody opened it between our look and our write.
        return Loop.objects.open().get(insight=insight, pivot=pivot)
    passages.note_passed(insight, pivot, owner, by, why)
    record("pivot.loop_opened", loop, by=by, insight=insight.pk, pivot=pivot.pk, owner=owner.pk)
    loop.stage = Stage.HANDED_OVER
    stages.set_due(loop)
    stages.write(loop, by, reason=why)
    handoffs.queue(loop)
    return loop


def _present(insight: Insight, pivot: Pivot) -> Loop | None:
    """Its own, else the one that it goes along with."""
    here = Loop.objects.open().filter(pivot=pivot)
    own = here.filter(insight=insight).first()
    along = Attachment.objects.standing().filter(insight=insight, loop__in=here).first()
    return own or (along.loop if along else None)


def move(loop: Loop, stage: str, *, by: Any, reason: str = "", due_at: datetime | None = None) -> Loop:
    """One step to `stage`; Refused when it cannot follow."""
    if stage == Stage.DECLINED:
        return decline(loop, reason, by=by)
    demand(by, "loop.act")
    if due_at and due_at <= clock.now():
        raise Refused("The due date has passed already; give one that is still to come.")
    return stages.advance(loop, stage, by, reason=reason, due_at=due_at)


def accept(loop: Loop, *, by: Any, reason: str = "", due_at: datetime | None = None) -> Loop:
    return move(loop, Stage.ACCEPTED, by=by, reason=reason, due_at=due_at)


def start(loop: Loop, *, by: Any, reason: str = "", due_at: datetime | None = None) -> Loop:
    return move(loop, Stage.CHANGING, by=by, reason=reason, due_at=due_at)


def deliver(loop: Loop, *, by: Any, reason: str = "") -> Loop:
    return move(loop, Stage.DELIVERED, by=by, reason=reason)


def decline(loop: Loop, reason: str, *, by: Any, inside: str = "") -> Loop:
    """No, and why. It stays open until everybody who asked has been told (see `told`).

    `reason` is for those who asked, on the portal too; what only we are to know is said `inside`.
    """
    demand(by, "loop.act")
    reason, inside = reason.strip(), inside.strip()
    if not reason:
        raise Refused("Declining needs a reason; the people who asked will read it.")
    return stages.advance(loop, Stage.DECLINED, by, reason=inside or reason, told=reason)


@transaction.atomic
def say_why(loop: Loop, reason: str, *, by: Any) -> Loop:
    """What those who asked are told, where whoever declined has said why only to us: a system, a letter, a task."""
    demand(by, "loop.act")
    if not reason.strip():
        raise Refused("Say why, in words for the people who asked.")
    stages.lock(loop)
    move = unsaid(loop)
    if move is None:
        raise Refused(f"Nothing is left to be said of loop {loop.pk}.")
    move.told = reason.strip()[:500]
    move.save(update_fields=["told"])
    record("pivot.decline_worded", loop, by=by)
    return loop


def unsaid(loop: Loop) -> StageMove | None:
    """The declining of a loop that is still open, and of which nobody has said what those who asked are told."""
    if loop.stage != Stage.DECLINED or loop.closed_at is not None:
        return None
    move = loop.moves.filter(stage=Stage.DECLINED).last()
    return move if move is not None and not move.told else None


@transaction.atomic
def told(loop: Loop, *, by: Any = None, reason: str = "") -> Loop:
    """Everybody was told, or there is a reason why not. That ends a declined loop."""
    demand(by, "loop.act")
    stages.lock(loop)
    if loop.stage != Stage.DECLINED:
        return stages.advance(loop, Stage.TOLD, by, reason=reason)
    if loop.closed_at is None:
        stages.close(loop, by)
    return loop


def confirmed(loop: Loop, *, by: Any = None, reason: str = "") -> Loop:
    """The people who asked say that it helped, or its owner vouches for it with a reason."""
    demand(by, "loop.act")
    if by is not None and not reason.strip():
        raise Refused("Say how you know that it helped.")
    return stages.advance(loop, Stage.CONFIRMED, by, reason=reason)


def reassign(loop: Loop, owner: User, *, by: Any, reason: str = "") -> Loop:
    """Another owner who is here and may act."""
    demand(by, "loop.act")
    if loop.closed_at:
        raise Refused(f"Loop {loop.pk} is closed; reopen it first.")
    return stages.hand_to(loop, demand_able(owner), by, reason=reason)


@transaction.atomic
def reopen(loop: Loop, reason: str, *, by: Any) -> Loop:
    """Back to the pivot's owner with the reason; the destinations get a new hand-off."""
    demand(by, "loop.act")
    if not reason.strip():
        raise Refused("Reopening needs a reason; the owner will read it.")
    stages.lock(loop)
    if loop.stage not in stages.REOPENABLE:
        raise Refused(f"Loop {loop.pk} is “{loop.get_stage_display()}” and under way; it cannot be reopened.")
    insight = survivor(loop.insight)
    other = _present(insight, loop.pivot)
    if other and other.pk != loop.pk:
        raise Refused(f"This is already open as loop {other.pk}.")
    was, loop.insight = loop.stage, insight
    loop.stage, loop.closed_at = Stage.HANDED_OVER, None
    loop.owner = owner_for(loop.pivot, loop.owner)
    loop.times_reopened += 1
    loop.version = versions.current(loop.pivot)
    stages.set_due(loop)
    stages.write(loop, by, reason=reason.strip(), reopened=True)
    record("pivot.loop_reopened", loop, by=by, was=was, reason=reason.strip(), times=loop.times_reopened)
    handoffs.queue(loop)
    return loop
