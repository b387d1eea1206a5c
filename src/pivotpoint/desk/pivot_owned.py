"""Who owns what comes in at a pivot now, in which hours, and who is told when it is late."""

from __future__ import annotations

from typing import Any

from pivotpoint.lib import clock
from pivotpoint.pivot import calendars, escalation_path
from pivotpoint.pivot.models import Absence, Ownership, Pivot
from pivotpoint.pivot.owners import in_line, in_turn


def owned(pivot: Pivot) -> dict[str, Any]:
    """What `_pivot_owned.html` shows: a constant number of queries."""
    turns = in_turn(pivot) if pivot.owned_by == Ownership.ROTA else []
    named = turns[0] if turns else pivot.team.lead if pivot.owned_by == Ownership.TEAM else pivot.owner
    owner = next(in_line(pivot), pivot.owner)
    away = Absence.objects.on(clock.today()).select_related("user")
    return {
        "pivot": pivot,
        "owner": owner,
        "in_turn": turns,
        "away": away.filter(user=named).first() if named and named != owner else None,
        "calendar": calendars.chosen(pivot),
        "path": escalation_path.path(pivot),
    }
