"""The hops of the way, in order."""

from __future__ import annotations

from dataclasses import dataclass

from pivotpoint.pivot.models import Stage


@dataclass(frozen=True, slots=True)
class Place:
    """One hop. `stages` are those in which a loop is on it; none: it is before the gate, or at it."""

    key: str
    start: str
    end: str
    works: bool = False
    stages: tuple[str, ...] = ()


PLACES = (
    Place("catch", "Heard", "At the gate"),
    Place("gate", "At the gate", "Handed over"),
    Place("accept", "Handed over", "Accepted", stages=(Stage.HANDED_OVER,)),
    Place("begin", "Accepted", "Changing", stages=(Stage.ACCEPTED,)),
    Place("change", "Changing", "Delivered", works=True, stages=(Stage.CHANGING,)),
    Place("tell", "Delivered", "Told", stages=(Stage.DELIVERED, Stage.DECLINED)),
    Place("confirm", "Told", "Confirmed", stages=(Stage.TOLD,)),
)
BY_STAGE = {stage: place.key for place in PLACES for stage in place.stages}


def place_of(stage: str, to: str = "") -> str:
    """Which hop a stay in `stage` is. Who went from accepted to delivered never said when they began: all was work."""
    if stage == Stage.ACCEPTED and to == Stage.DELIVERED:
        return "change"
    return BY_STAGE.get(stage, "")
