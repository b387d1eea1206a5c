"""How long each hop takes at each pivot, and who waits at its gate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from pivotpoint.desk.rail import span
from pivotpoint.lib import clock
from pivotpoint.pivot import calendars
from pivotpoint.pivot.calendar import OpenHours, worked
from pivotpoint.pivot.models import Passage, Pivot, Stage, StageMove

DAYS = 90
HOPS = {
    "accept": (Stage.HANDED_OVER, Stage.ACCEPTED),
    "deliver": (Stage.ACCEPTED, Stage.DELIVERED),
    "tell": (Stage.DELIVERED, Stage.TOLD),
}


@dataclass(frozen=True, slots=True)
class Hops:
    """Medians of the last 90 days in hours; None: none has come so far. `business`: open hours. `passed` of `decided` went through the gate."""

    waiting: int = 0
    longest_hours: float = 0.0
    gate_hours: float | None = None
    accept_hours: float | None = None
    deliver_hours: float | None = None
    tell_hours: float | None = None
    passed: int = 0
    decided: int = 0
    business: bool = False

    @property
    def longest(self) -> str:
        return span(self.longest_hours, self.business)

    @property
    def accept(self) -> str:
        return words(self.accept_hours, self.business)


def words(hours: float | None, business: bool = False) -> str:
    return "–" if hours is None else span(hours, business)


def hops(pivots: Iterable[Pivot]) -> dict[int, Hops]:
    """Five queries for any number of pivots; each counts in its own business hours, as its targets do."""
    counted = calendars.hours_of(pivots)
    gates, times = _gates(counted), _times(counted)
    return {
        pk: Hops(**gates.get(pk, {}), **times.get(pk, {}), business=open_hours is not None)
        for pk, open_hours in counted.items()
    }


Counted = dict[int, OpenHours | None]


def _gates(counted: Counted) -> dict[int, dict[str, Any]]:
    """Who waits now, and what was decided lately."""
    rows = Passage.objects.filter(pivot__in=list(counted)).exclude(state="collected")
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: {"now": [], "took": [], "passed": []})
    since, now = clock.now() - timedelta(days=DAYS), clock.now()
    for pivot, state, at, decided in rows.values_list("pivot_id", "state", "at", "decided_at"):
        if state == Passage.State.WAITING:
            found[pivot]["now"].append(worked(at, now, counted[pivot]))
        elif decided and decided >= since:
            found[pivot]["took"].append(worked(at, decided, counted[pivot]))
            found[pivot]["passed"].append(state == Passage.State.PASSED)
    return {
        pivot: {
            "waiting": len(each["now"]),
            "longest_hours": max(each["now"], default=0.0),
            "gate_hours": median(each["took"]) if each["took"] else None,
            "passed": sum(each["passed"]),
            "decided": len(each["passed"]),
        }
        for pivot, each in found.items()
    }


def _times(counted: Counted) -> dict[int, dict[str, Any]]:
    """Medians between the first entries into two stages."""
    since = clock.now() - timedelta(days=DAYS)
    rows = StageMove.objects.filter(loop__pivot__in=list(counted), loop__opened_at__gte=since).order_by(
        "at", "pk"
    )
    entered: dict[tuple[int, int], dict[str, datetime]] = defaultdict(dict)
    for pivot, loop, stage, at in rows.values_list("loop__pivot_id", "loop_id", "stage", "at"):
        entered[pivot, loop].setdefault(stage, at)
    took: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (pivot, _), stages in entered.items():
        for hop, (start, end) in HOPS.items():
            if start in stages and end in stages:
                took[pivot][f"{hop}_hours"].append(worked(stages[start], stages[end], counted[pivot]))
    return {pivot: {hop: median(hours) for hop, hours in each.items()} for pivot, each in took.items()}
