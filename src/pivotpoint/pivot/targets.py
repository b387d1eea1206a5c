"""When the next step is due. Calendar hours: a customer waits at night and on Sundays too."""

from __future__ import annotations

from datetime import datetime, timedelta

from pivotpoint.pivot.models import Pivot, Stage

VERDICT_HOURS = 30 * 24
"""So long the people who were told have to answer before the owner is asked to look at it."""

_TARGETS = {
    Stage.HEARD: "pass_hours",
    Stage.HANDED_OVER: "accept_hours",
    Stage.ACCEPTED: "act_hours",
    Stage.CHANGING: "act_hours",
    Stage.DELIVERED: "tell_hours",
    Stage.DECLINED: "tell_hours",
}


def hours(pivot: Pivot, stage: str) -> int:
    """How long a loop may stay in this stage."""
    target = _TARGETS.get(Stage(stage))
    return getattr(pivot, target) if target else VERDICT_HOURS


def due(pivot: Pivot, stage: str, since: datetime) -> datetime:
    """When a loop that came into `stage` at `since` has to leave it."""
    return since + timedelta(hours=hours(pivot, stage))
