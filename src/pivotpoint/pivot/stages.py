"""The state machine of loops: which stage may follow which, and how a move is recorded. Checks no permission."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from pivotpoint.accounts.models import User
from pivotpoint.journal.actor import actor_of
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot import escalation_path, targets, versions
from pivotpoint.pivot.models import Loop, Stage, StageMove
from pivotpoint.pivot.refused import Refused

NEXT: dict[str, frozenset[str]] = {
    Stage.HEARD: frozenset({Stage.HANDED_OVER, Stage.DECLINED}),
    Stage.HANDED_OVER: frozenset({Stage.ACCEPTED, Stage.CHANGING, Stage.DELIVERED, Stage.DECLINED}),
    Stage.ACCEPTED: frozenset({Stage.CHANGING, Stage.DELIVERED, Stage.DECLINED}),
    Stage.CHANGING: frozenset({Stage.DELIVERED, Stage.DECLINED}),
    Stage.DELIVERED: frozenset({Stage.TOLD}),
    Stage.TOLD: frozenset({Stage.CONFIRMED}),
    Stage.CONFIRMED: frozenset(),
    Stage.DECLINED: frozenset(),
}
REOPENABLE = frozenset({Stage.DELIVERED, Stage.TOLD, Stage.CONFIRMED, Stage.DECLINED})


def lock(loop: Loop) -> None:
    """Reload the loop and lock its row until the transaction ends."""
    loop.refresh_from_db(from_queryset=Loop.objects.select_for_update())


def may_follow(loop: Loop, stage: str) -> bool:
    return loop.closed_at is None and stage in NEXT[loop.stage]


def write(
    loop: Loop,
    by: Any,
    *,
    at: datetime | None = None,
    reason: str = "",
    told: str = "",
    reopened: bool = False,
) -> None:
    """Save the loop, and record who moved it, when and why."""
    loop.save()
    actor = actor_of(by)
    StageMove.objects.create(
        loop=loop,
        stage=loop.stage,
        at=at or clock.now(),
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        owner=loop.owner,
        due_at=loop.due_at,
        reason=reason[:500],
        told=told[:500],
        reopened=reopened,
    )


def set_due(loop: Loop, due_at: datetime | None = None) -> None:
    """Set the due date of the present stage; escalation begins anew."""
    loop.due_at = due_at or targets.due(versions.as_opened(loop), loop.stage, clock.now())
    loop.escalated_at = None
    loop.escalate_at = escalation_path.step_at(loop, 0, None, escalation_path.path(loop.pivot))


@transaction.atomic
def advance(
    loop: Loop, stage: str, by: Any, *, reason: str = "", told: str = "", due_at: datetime | None = None
) -> Loop:
    """Move the loop to the next stage. Idempotent; Refused when the stage may not follow.

    `reason` stays inside; `told` is what those who asked are told when it is declined.
    """
    lock(loop)
    was = loop.stage
    if was == stage:
        return loop
    if not may_follow(loop, stage):
        state = "closed" if loop.closed_at else f"“{loop.get_stage_display()}”"
        raise Refused(f"Loop {loop.pk} is {state}; “{Stage(stage).label}” cannot follow.")
    loop.stage = stage
    if due_at or not (was == Stage.ACCEPTED and stage == Stage.CHANGING):
        set_due(loop, due_at)
    declined = stage == Stage.DECLINED
    write(loop, by, reason=reason, told=told)
    record(
        f"pivot.loop_{'declined' if declined else 'moved'}", loop, by=by, stage=stage, was=was, reason=reason
    )
    if stage == Stage.CONFIRMED:
        close(loop, by)
    return loop


def close(loop: Loop, by: Any) -> None:
    """End the loop."""
    loop.closed_at = clock.now()
    loop.save(update_fields=["closed_at"])
    record("pivot.loop_closed", loop, by=by, stage=loop.stage)


@transaction.atomic
def hand_to(loop: Loop, owner: User, by: Any, *, reason: str = "") -> Loop:
    """Change the owner; stage and due date stay."""
    lock(loop)
    if loop.owner_id == owner.pk:
        return loop
    was = loop.owner_id
    loop.owner = owner
    write(loop, by, reason=reason)
    record("pivot.owner_changed", loop, by=by, was=was, owner=owner.pk, reason=reason)
    return loop
