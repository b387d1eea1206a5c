"""Counting the friction map: nine queries, for however many pivots."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import mean, median
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, QuerySet, Value, When

from pivotpoint.insights.models import Backing
from pivotpoint.lib import clock
from pivotpoint.pivot import bounces, decide
from pivotpoint.pivot.conditions import switchable
from pivotpoint.pivot.friction.hop import DAYS, Friction, Hop
from pivotpoint.pivot.friction.places import BY_STAGE, PLACES, Place, place_of
from pivotpoint.pivot.models import Loop, Passage
from pivotpoint.pivot.visits import visits

Scope = int | None
"""A pivot's id; None is all of them."""


@dataclass(slots=True)
class _Tally:
    """What one hop of one scope has seen."""

    wip: int = 0
    late: int = 0
    people: int = 0
    took: list[float] = field(default_factory=list)
    left: set[int] = field(default_factory=set)
    """Loops, or before them insights."""


Tallies = dict[tuple[Scope, str], _Tally]


def friction(pivots: Collection[int], days: int = DAYS) -> dict[Scope, Friction]:
    """By pivot, and under None of all these together."""
    since = clock.now() - timedelta(days=days)
    tallies: Tallies = defaultdict(_Tally)
    _stays(tallies, pivots, since)
    _open_loops(tallies, pivots)
    _gates(tallies, pivots, since)
    _people(tallies, pivots)
    tallies[None, "catch"].wip = decide.undecided().count()
    bounced = bounces.counts(since)
    return {
        scope: Friction(
            scope, [_hop(tallies, scope, place, days) for place in PLACES], _sum(bounced, scope, pivots)
        )
        for scope in [None, *pivots]
    }


def _hop(tallies: Tallies, scope: Scope, place: Place, days: int) -> Hop:
    seen = tallies[scope, place.key]
    wip = None if place.key == "catch" and scope is not None else seen.wip
    half, whole = (median(seen.took), mean(seen.took)) if seen.took else (None, None)
    return Hop(place, days, wip, seen.late, seen.people, len(seen.took), whole, half, len(seen.left))


def _each(tallies: Tallies, pivot: int, key: str) -> Iterator[_Tally]:
    """The hop of this pivot and the hop of all."""
    yield tallies[pivot, key]
    yield tallies[None, key]


def _stays(tallies: Tallies, pivots: Collection[int], since: datetime) -> None:
    """How long the loops that left a stage in the period had been there."""
    for visit in visits(since):
        key = place_of(visit.stage, visit.to)
        if key and visit.pivot in pivots and visit.left and visit.left >= since:
            for tally in _each(tallies, visit.pivot, key):
                tally.took.append(visit.hours)
                tally.left.add(visit.loop)


def _open_loops(tallies: Tallies, pivots: Collection[int]) -> None:
    now = clock.now()
    for pivot, stage, due in Loop.objects.open().values_list("pivot_id", "stage", "due_at"):
        if pivot in pivots and stage in BY_STAGE:
            for tally in _each(tallies, pivot, BY_STAGE[stage]):
                tally.wip += 1
                tally.late += due < now


def _gates(tallies: Tallies, pivots: Collection[int], since: datetime) -> None:
    """Who waits at the gates; how long those waited that a person decided on; how long it took to get there."""
    shown = Exists(
        switchable().filter(pk=OuterRef("insight"))
    )  # not merged away since, nor said to be another's
    rows = Passage.objects.filter(pivot__in=pivots).annotate(heard=F("insight__opened_at"), shown=shown)
    now = clock.now()
    asked = (
        "insight_id",
        "pivot_id",
        "rule_id",
        "state",
        "heard",
        "at",
        "due_at",
        "decided_at",
        "decided_by_id",
        "shown",
    )
    for insight, pivot, rule, state, heard, at, due, decided, by, shown_ in rows.values_list(*asked):
        if rule and at >= since:
            for tally in _each(tallies, pivot, "catch"):
                tally.took.append(max(0.0, (at - heard).total_seconds() / 3600))
                tally.left.update([insight] if shown_ else [])
        for tally in _each(tallies, pivot, "gate"):
            if state == Passage.State.WAITING:
                tally.wip += 1
                tally.late += due < now
            elif rule and by and decided and decided >= since:
                tally.took.append(max(0.0, (decided - at).total_seconds() / 3600))
                tally.left.update([insight] if shown_ else [])


def _people(tallies: Tallies, pivots: Collection[int]) -> None:
    """Different people behind what is on each hop now: of each pivot, and of all. Grouped in the database."""
    there = Backing.objects.filter(customer__erased_at=None).order_by()
    loops, passages = "theme__insight__loops__", "theme__insight__passages__"
    # One filter each, so that all of it is asked of the same loop or passage.
    going = {"closed_at": None, "pivot__in": pivots, "stage__in": list(BY_STAGE)}
    waits = {"state": Passage.State.WAITING, "pivot__in": pivots}
    on_way = there.filter(**{loops + key: value for key, value in going.items()})
    at_gate = there.filter(**{passages + key: value for key, value in waits.items()})
    hop = [When(**{loops + "stage": stage}, then=Value(key)) for stage, key in BY_STAGE.items()]
    on_way = on_way.annotate(hop=Case(*hop, output_field=CharField()), pivot=F(loops + "pivot"))
    at_gate = at_gate.annotate(hop=Value("gate"), pivot=F(passages + "pivot"))
    for rows in (on_way, at_gate):
        for key, people in _distinct(rows, "hop"):
            tallies[None, key].people = people
        for pivot, key, people in _distinct(rows, "pivot", "hop"):
            tallies[pivot, key].people = people


def _distinct(rows: QuerySet[Backing], *by: str) -> Iterable[Any]:
    return rows.values(*by).annotate(people=Count("customer", distinct=True)).values_list(*by, "people")


def _sum(bounced: dict[int, Counter[str]], scope: Scope, pivots: Collection[int]) -> dict[str, int]:
    """Of this pivot, or of all these together."""
    ours = [bounced.get(pk, Counter()) for pk in (pivots if scope is None else [scope])]
    return {key: sum(one[key] for one in ours) for key in ("loops", "any", *bounces.KINDS)}
