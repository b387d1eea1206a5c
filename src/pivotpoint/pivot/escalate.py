"""Overdue loops: first somebody above the owner is told, then they own it. Nothing moves without being said."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from pivotpoint.accounts.models import User
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot import stages
from pivotpoint.pivot.models import Escalation, Loop
from pivotpoint.pivot.owners import in_line

AGAIN = timedelta(hours=24)
"""So long after the first escalation the loop is given to somebody else."""


def escalate(limit: int = 200) -> int:
    """Escalate what is overdue and has not been escalated as far as it should; the number escalated."""
    return _first(limit) + _second(limit)


def _first(limit: int) -> int:
    late = Loop.objects.overdue().filter(escalated_at=None).order_by("due_at")[:limit]
    return sum(_tell(loop) for loop in list(late))


def _second(limit: int) -> int:
    late = Loop.objects.overdue().filter(escalated_at__lte=clock.now() - AGAIN)
    given = Escalation.objects.filter(loop=OuterRef("pk"), due_at=OuterRef("due_at"), level=2)
    again = late.exclude(Exists(given)).order_by("due_at")[:limit]
    return sum(_give(loop) for loop in list(again))


@transaction.atomic
def _tell(loop: Loop) -> int:
    """Team lead, else pivot owner, else a lead or administrator: whoever of them is not the owner."""
    stages.lock(loop)
    if loop.closed_at or loop.escalated_at or loop.due_at >= clock.now():
        return 0
    loop.escalated_at = clock.now()
    loop.save(update_fields=["escalated_at"])
    return _write(loop, 1, _above(loop, loop.team.lead) or loop.owner)


@transaction.atomic
def _give(loop: Loop) -> int:
    """To the pivot's owner, or to the next in line when it is theirs already. The late date stays as it is."""
    stages.lock(loop)
    if loop.closed_at or loop.due_at >= clock.now() or _level(loop) != 1:
        return 0
    successor = _above(loop, None) or loop.owner
    written = _write(loop, 2, successor)
    stages.hand_to(loop, successor, None, reason="Overdue and escalated twice.")
    return written


def _level(loop: Loop) -> int:
    """How far the present due date was escalated."""
    levels = loop.escalations.filter(due_at=loop.due_at).values_list("level", flat=True)
    return max(levels, default=0)


def _above(loop: Loop, first: User | None) -> User | None:
    return next((user for user in in_line(loop.pivot, first) if user.pk != loop.owner_id), None)


def _write(loop: Loop, level: int, told: User) -> int:
    Escalation.objects.get_or_create(
        loop=loop, due_at=loop.due_at, level=level, defaults={"owner": loop.owner, "told": told}
    )
    record("pivot.loop_overdue", loop, level=level, told=told.pk, due_at=loop.due_at.isoformat())
    return 1
