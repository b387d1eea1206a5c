"""The seven stations of a loop, with the time that each took and what it should take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pivotpoint.lib import clock
from pivotpoint.pivot.calendar import OpenHours, worked
from pivotpoint.pivot.models import STAGES, Loop, Stage, StageMove
from pivotpoint.pivot.targets import clock_for, hours
from pivotpoint.pivot.versions import as_opened

ROUTE = {
    False: tuple(STAGES),
    True: (Stage.HEARD, Stage.HANDED_OVER, Stage.DECLINED, Stage.TOLD),
}
"""By whether it was declined."""


@dataclass(frozen=True, slots=True)
class Station:
    """`state` is done, now or next. `missed`: it took longer than it should."""

    label: str
    state: str
    first: str = ""
    second: str = ""
    missed: bool = False


def rail(loop: Loop, moves: Sequence[StageMove]) -> list[Station]:
    """From the moves since the loop was last opened."""
    reached = _reached(moves)
    route = ROUTE[loop.stage == Stage.DECLINED]
    at = len(route) if loop.closed_at else route.index(Stage(loop.stage))
    stations: list[Station] = []
    before: datetime | None = None
    counted = clock_for(loop.pivot, Stage.HEARD)
    for place, stage in enumerate(route):
        moment = reached.get(stage)
        stations.append(_station(loop, Stage(stage), place - at, (before, moment), counted))
        before = moment or before
    return stations


def _reached(moves: Sequence[StageMove]) -> dict[str, datetime]:
    """When each stage was entered first, forgetting what a reopening took back."""
    reached: dict[str, datetime] = {}
    for move in moves:
        if move.reopened:
            kept = (Stage.HEARD,)
            reached = {stage: at for stage, at in reached.items() if stage in kept}
        reached.setdefault(move.stage, move.at)
    return reached


Span = tuple[datetime | None, datetime | None]
"""When the station before was reached, and when this one was."""


def _station(loop: Loop, stage: Stage, ahead: int, span_: Span, counted: OpenHours | None) -> Station:
    label, moment = str(stage.label), span_[1]
    if ahead < 0:
        return _passed(loop, stage, span_, counted)
    if ahead == 0:
        late = loop.due_at < clock.now()
        due = f"{'was due' if late else 'next step by'} {_day(loop.due_at)}"
        return Station(label, "now", f"since {_day(moment)}" if moment else "", due, late)
    return Station(label, "next")


def _passed(loop: Loop, stage: Stage, span_: Span, counted: OpenHours | None) -> Station:
    before, moment = span_
    if moment is None:
        return Station(str(stage.label), "done", "passed at once")
    if stage == Stage.HEARD or before is None:
        return Station(str(stage.label), "done", _day(moment))
    came_from = STAGES[STAGES.index(stage) - 1] if stage in STAGES else Stage.HANDED_OVER
    took = worked(before, moment, counted if came_from != Stage.TOLD else None)
    target = hours(as_opened(loop), came_from)
    business = counted is not None and came_from != Stage.TOLD
    after, wanted = span(took, business), span(target, business)
    return Station(str(stage.label), "done", f"after {after}", f"target {wanted}", missed=took > target)


def span(hours_: float, business: bool = False) -> str:
    """0.7 d, 16 h, 20 min; business hours make no days: 60 business h."""
    if business and hours_ >= 1:
        return f"{hours_:.0f} business h"
    if hours_ >= 48:
        return f"{hours_ / 24:.0f} d" if hours_ >= 240 else f"{hours_ / 24:.1f} d".replace(".0", "")
    return f"{hours_:.0f} h" if hours_ >= 1 else f"{hours_ * 60:.0f} min"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b}"
