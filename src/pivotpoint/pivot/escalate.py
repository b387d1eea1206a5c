"""Overdue loops go along their pivot's path: somebody is told, or owns it from then on. Nothing moves without being said."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from pivotpoint.accounts.models import User
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot import stages
from pivotpoint.pivot.escalation_path import path, step_at, whom
from pivotpoint.pivot.models import Escalation, EscalationStep, Loop


def escalate(limit: int = 200) -> int:
    """Every overdue loop whose next step is to be gone; the number escalated."""
    unplanned = Q(escalate_at=None, escalated_at=None)
    late = Loop.objects.overdue().filter(Q(escalate_at__lte=clock.now()) | unplanned)
    return sum(_escalate(loop) for loop in list(late.order_by("due_at")[:limit]))


@transaction.atomic
def _escalate(loop: Loop) -> int:
    """One step. The late date stays as it is."""
    stages.lock(loop)
    now = clock.now()
    if loop.closed_at or loop.due_at >= now:
        return 0
    gone = list(loop.escalations.filter(due_at=loop.due_at).order_by("level"))
    steps = path(loop.pivot)
    at = step_at(loop, len(gone), gone[-1].at if gone else None, steps)
    if at is None or at > now:
        # Gone to its end meanwhile, or not yet so far: somebody changed the path.
        Loop.objects.filter(pk=loop.pk).update(escalate_at=at)
        return 0
    step = steps[len(gone)]
    told = whom(loop, step)
    _write(loop, len(gone) + 1, step, told)
    loop.escalated_at, loop.escalate_at = now, step_at(loop, len(gone) + 1, now, steps)
    loop.save(update_fields=["escalated_at", "escalate_at"])
    if step.gives:
        reason = "Overdue and escalated twice." if len(gone) == 1 else "Overdue and escalated."
        stages.hand_to(loop, told, None, reason=reason)
    return 1


def _write(loop: Loop, level: int, step: EscalationStep, told: User) -> None:
    Escalation.objects.create(
        loop=loop, due_at=loop.due_at, level=level, owner=loop.owner, told=told, gives=step.gives
    )
    due_at = loop.due_at.isoformat()
    record("pivot.loop_overdue", loop, level=level, told=told.pk, gives=step.gives, due_at=due_at)
