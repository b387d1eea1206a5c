"""Figures of a hop, and what follows from them by Little's law.

What waits, divided by what leaves in a week, is how many weeks the last one will wait (Little, 1961: L = λW). Where
that is much longer than those who got through have waited, more comes than leaves: the queue grows.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pivotpoint.pivot.friction.places import Place

DAYS = 90
GROWS = 1.5
"""A queue grows when its last has to expect more than so many times what those before it waited."""
LEAST = 3
"""So many have to wait somewhere before it is called a choke point."""


@dataclass(frozen=True, slots=True)
class Hop:
    """`wip` are there now (None: cannot be said for one pivot), `late` of them over their date, `people` behind them.

    `done` left it in the period of `days`: so many times, of so many different `loops`. Hours: `mean` and `median` measured; None: none has left.
    """

    place: Place
    days: int
    wip: int | None = 0
    late: int = 0
    people: int = 0
    done: int = 0
    mean: float | None = None
    median: float | None = None
    loops: int = 0

    @property
    def a_week(self) -> float:
        return self.done * 7 / self.days

    @property
    def expected(self) -> float | None:
        """Mean hours by Little's law."""
        return None if self.wip is None or not self.done else self.wip * self.days * 24 / self.done

    @property
    def enough(self) -> bool:
        return self.wip is not None and self.wip >= LEAST

    @property
    def grows(self) -> bool:
        """What waits now will wait much longer than what has left did; or nothing leaves at all."""
        if not self.enough:
            return False
        if self.expected is None or self.mean is None:
            return True
        return self.expected > GROWS * self.mean

    @property
    def weight(self) -> float:
        """For finding the worst: nothing leaving is worse than any time."""
        return float("inf") if self.expected is None else self.expected


@dataclass(frozen=True, slots=True)
class Friction:
    """The hops of one pivot, or of all (`pivot` None); and how many of the `loops` opened in the period bounced."""

    pivot: int | None
    hops: list[Hop]
    bounced: dict[str, int] = field(default_factory=dict)

    @property
    def choke(self) -> Hop | None:
        """Where it gets stuck: of the hops where enough wait, the one whose last has longest to wait.

        Waiting for a customer's verdict is theirs to end, and what is before the gate has not been handed to anybody.
        """
        ours = [hop for hop in self.hops if hop.enough and hop.place.key not in ("catch", "confirm")]
        return max(ours, key=lambda hop: hop.weight, default=None)

    @property
    def waits(self) -> float:
        """Mean hours of waiting, from the gate to told."""
        return self._sum(works=False)

    @property
    def works(self) -> float:
        return self._sum(works=True)

    def _sum(self, *, works: bool) -> float:
        ours = [hop for hop in self.hops if hop.place.key not in ("catch", "confirm")]
        return sum(hop.mean or 0.0 for hop in ours if hop.place.works == works)

    @property
    def work_share(self) -> float | None:
        """How much of the time somebody worked at it, as far as the stages say so."""
        whole = self.waits + self.works
        return self.works / whole if whole else None
