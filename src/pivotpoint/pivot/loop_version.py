"""Open loops keep the targets of the version that they opened under, until somebody moves them on purpose."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from pivotpoint.accounts.permissions import demand
from pivotpoint.journal.record import record
from pivotpoint.pivot import stages, targets, versions
from pivotpoint.pivot.models import Loop, PivotVersion, StageMove

MOVED = "Moved to version"
"""So the reason of the step begins."""
NEARLY = timedelta(minutes=1)
"""So close to the target a due date was counted, not chosen by a person."""


def elsewhere(version: PivotVersion) -> QuerySet[Loop]:
    """Open loops of its pivot that keep the targets of another version."""
    return Loop.objects.open().filter(pivot=version.pivot_id).exclude(version=version)


@transaction.atomic
def move_loops(version: PivotVersion, *, by: Any, reason: str = "") -> int:
    """Give them this version's targets, counted from when they came into their stage; the number moved.

    A due date that a person chose stays.
    """
    demand(by, "pivot.change")
    why = f"{MOVED} {version.number}. {reason}".strip()
    moved = [_move(loop, version, by, why) for loop in list(elsewhere(version).order_by("pk"))]
    if any(moved):
        record("pivot.loops_moved", version.pivot, by=by, version=version.number, loops=sum(moved))
    return sum(moved)


def _move(loop: Loop, version: PivotVersion, by: Any, why: str) -> bool:
    stages.lock(loop)
    if loop.closed_at or loop.version_id == version.pk:
        return False
    since, stage = _since(loop)
    counted = targets.due(versions.as_opened(loop), stage, since)
    loop.version = version
    if abs(counted - loop.due_at) < NEARLY:
        due = targets.due(versions.as_opened(loop), stage, since)
        if due != loop.due_at:
            stages.set_due(loop, due)
    stages.write(loop, by, reason=why)
    return True


def _since(loop: Loop) -> tuple[datetime, str]:
    """When its present due date was set, and for which stage: the first of the last steps that share the date."""
    first: StageMove | None = None
    for move in loop.moves.order_by("-at", "-pk"):
        if move.due_at != loop.due_at:
            break
        first = move
    return (first.at, first.stage) if first else (loop.opened_at, loop.stage)
