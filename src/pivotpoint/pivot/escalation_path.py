"""Who is told when a due date has passed, after how many hours, and who gets the loop: each pivot's own path."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pivotpoint.accounts.models import Role, User
from pivotpoint.pivot import calendar, targets
from pivotpoint.pivot.models import EscalationStep, Loop, Pivot
from pivotpoint.pivot.owners import in_line

To = EscalationStep.To


def path(pivot: Pivot) -> list[EscalationStep]:
    """Its own steps; without any, the usual two: the function's lead is told, a day later the next in line has it."""
    return list(pivot.escalation_steps.select_related("person")) or [
        EscalationStep(pivot=pivot, position=0, after_hours=0, to=To.LEAD),
        EscalationStep(pivot=pivot, position=1, after_hours=24, to=To.NEXT, gives=True),
    ]


def step_at(loop: Loop, gone: int, last: datetime | None, steps: Sequence[EscalationStep]) -> datetime | None:
    """When the step after the `gone` ones is to be gone; none after the last.

    However late we look, two steps are never nearer than the path has them: nobody is told and passed over at once.
    """
    if gone >= len(steps):
        return None
    counted = targets.clock_for(loop.pivot, loop.stage)
    moment = calendar.due(loop.due_at, steps[gone].after_hours, counted)
    if last is None or not gone:
        return moment
    apart = steps[gone].after_hours - steps[gone - 1].after_hours
    return max(moment, calendar.due(last, max(apart, 0), counted))


def whom(loop: Loop, step: EscalationStep) -> User:
    """Whom the step names, else the next in line; never the present owner while there is anybody else."""
    line = in_line(loop.pivot, *_named(loop, step))
    return next((user for user in line if user.pk != loop.owner_id), loop.owner)


def _named(loop: Loop, step: EscalationStep) -> list[User | None]:
    match step.to:
        case To.LEAD:
            return [loop.team.lead]
        case To.OWNER:
            return [loop.pivot.owner]
        case To.PERSON:
            return [step.person]
        case To.ADMINISTRATOR:
            return list(User.objects.active().filter(role=Role.ADMINISTRATOR).order_by("pk"))
    return []


def replan(pivot: Pivot) -> None:
    """Its path has changed: open loops go on along it from the step that they have reached."""
    steps = path(pivot)
    for loop in Loop.objects.open().filter(pivot=pivot).select_for_update():
        gone = list(loop.escalations.filter(due_at=loop.due_at).order_by("level"))
        at = step_at(loop, len(gone), gone[-1].at if gone else None, steps)
        Loop.objects.filter(pk=loop.pk).update(escalate_at=at)
