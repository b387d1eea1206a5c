"""For a loop's page: how far it was escalated, and whether its owner is there."""

from __future__ import annotations

from typing import Any

from pivotpoint.lib import clock
from pivotpoint.pivot import escalation_path
from pivotpoint.pivot.models import Absence, Loop


def owner_facts(loop: Loop) -> dict[str, Any]:
    """Steps gone for the present due date, the next one, and the owner's absence today."""
    gone = list(loop.escalations.filter(due_at=loop.due_at).select_related("told").order_by("level"))
    steps = escalation_path.path(loop.pivot) if gone else []
    away = Absence.objects.on(clock.today()).filter(user=loop.owner_id).select_related("user", "deputy")
    return {
        "escalated": gone,
        "next_step": steps[len(gone)] if len(gone) < len(steps) else None,
        "owner_away": None if loop.closed_at else away.first(),
    }
