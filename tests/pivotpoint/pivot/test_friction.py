"""Where it waits and where somebody works: measured from the rows, and expected by Little's law."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.lib import clock
from pivotpoint.pivot import bounces, gate, loops
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.friction import Hop, friction, queues
from pivotpoint.pivot.models import Loop, Pivot
from tests.switchyard import make_insight, make_pivot


@pytest.fixture
def pivot(now: Any, teams: Any, ines: Any, maren: Any) -> Pivot:
    return make_pivot(teams["finance"], ines)


def hops(pivot: Pivot | None, among: list[int], days: int = 28) -> dict[str, Hop]:
    found = friction(among, days)[pivot.pk if pivot else None]
    return {hop.place.key: hop for hop in found.hops}


def travel(pivot: Pivot, number: int, now: Any, by: Any, *hours: float) -> Loop:
    """Opened `hours[0]` before now; each following step comes so many hours after the one before."""
    steps = (loops.accept, loops.start, loops.deliver)
    moment = now - timedelta(hours=hours[0])
    with clock.at(moment):
        loop = loops.open_loop(make_insight(number, opened_at=moment), pivot, by=by)
    for step, waited in zip(steps, hours[1:], strict=False):
        moment += timedelta(hours=waited)
        with clock.at(moment):
            step(loop, by=by)  # type: ignore[operator]
    return loop


def test_each_hop_has_its_own_time(pivot: Pivot, ines: Any, now: Any) -> None:
    travel(pivot, 1, now, ines, 100, 10, 20, 30)
    travel(pivot, 2, now, ines, 100, 30, 20, 40)
    seen = hops(pivot, [pivot.pk])
    assert (seen["accept"].mean, seen["accept"].median, seen["accept"].done) == (20, 20, 2)
    assert (seen["begin"].mean, seen["change"].mean) == (20, 35)
    assert seen["change"].place.works
    assert (seen["tell"].wip, seen["tell"].people, seen["tell"].done) == (2, 6, 0)


def test_little_says_how_long_the_last_one_will_wait(pivot: Pivot, ines: Any, now: Any) -> None:
    for number in range(1, 5):
        travel(pivot, number, now, ines, 100, 10)
    for number in range(5, 11):
        travel(pivot, number, now, ines, 5)
    accept = hops(pivot, [pivot.pk])["accept"]
    assert (accept.wip, accept.a_week, accept.mean) == (6, 1.0, 10)
    assert accept.expected == 6 * 7 * 24  # six wait, one a week leaves
    assert accept.grows


def test_where_nothing_leaves_it_is_stuck(pivot: Pivot, ines: Any, now: Any) -> None:
    for number in range(1, 4):
        travel(pivot, number, now, ines, 50, 1)
    begin = hops(pivot, [pivot.pk])["begin"]
    assert (begin.expected, begin.grows) == (None, True)
    found = friction([pivot.pk], 28)[None].choke
    assert found is not None
    assert found.place.key == "begin"


def test_the_gate_is_a_hop_and_late_is_late(pivot: Pivot, maren: Any, now: Any) -> None:
    with clock.at(now - timedelta(hours=30)):
        late, passes = decide(make_insight(1, 4)), decide(make_insight(2, 3))
    assert late is not None and passes is not None
    with clock.at(now - timedelta(hours=24)):
        gate.let_pass(passes, by=maren)
    seen = hops(pivot, [pivot.pk])["gate"]
    assert (seen.wip, seen.late, seen.people, seen.done, seen.mean) == (1, 1, 4, 1, 6)


def test_people_count_once_however_many_loops_they_are_in(
    pivot: Pivot, ines: Any, joris: Any, teams: Any, now: Any
) -> None:
    other = make_pivot(teams["supply"], joris, "Parcels")
    insight = make_insight(1, 4)
    loops.open_loop(insight, pivot, by=ines)
    loops.open_loop(insight, other, by=ines)
    both = hops(None, [pivot.pk, other.pk])["accept"]
    assert (both.wip, both.people) == (2, 4)
    assert hops(other, [pivot.pk, other.pk])["accept"].people == 4


def test_bounces_are_told_apart(
    pivot: Pivot, ines: Any, joris: Any, maren: Any, teams: Any, now: Any
) -> None:
    other = make_pivot(teams["supply"], joris, "Parcels")
    declined, rerouted, passed_on, again = (travel(pivot, n, now, ines, 50) for n in range(1, 5))
    loops.decline(declined, "Not now.", by=ines)
    loops.decline(rerouted, "Not us.", by=ines)
    loops.open_loop(rerouted.insight, other, by=maren)
    loops.reassign(passed_on, maren, by=ines)
    loops.decline(again, "No.", by=ines)
    loops.reopen(again, "Look again.", by=maren)
    counted = bounces.counts(now - timedelta(days=28))[pivot.pk]
    assert dict(counted) == {
        "loops": 4,
        "any": 4,
        "declined": 3,
        "rerouted": 1,
        "passed_on": 1,
        "reopened": 1,
    }


def test_what_moves_because_somebody_left_is_no_bounce(
    pivot: Pivot, ines: Any, maren: Any, ada: Any, now: Any
) -> None:
    from pivotpoint.pivot.leave import move_work

    travel(pivot, 1, now, ines, 50)
    ines.left_at = now
    ines.save()
    move_work(ines, maren, by=ada)
    assert bounces.counts(now - timedelta(days=28))[pivot.pk]["passed_on"] == 0


def test_queues_by_owner(pivot: Pivot, ines: Any, maren: Any, now: Any) -> None:
    travel(pivot, 1, now, ines, 100)
    loops.reassign(travel(pivot, 2, now, ines, 1), maren, by=ines)
    decide(make_insight(3))
    first, second = queues([pivot.pk])
    assert (first.owner, first.loops, first.gates, first.late) == (ines, 1, 1, 1)
    assert (second.owner, second.loops, second.late) == (maren, 1, 0)


def test_the_queries_do_not_grow_with_the_pivots(
    pivot: Pivot, ines: Any, joris: Any, teams: Any, now: Any, django_assert_num_queries: Any
) -> None:
    others = [make_pivot(teams["supply"], joris, f"Other {n}") for n in range(5)]
    travel(pivot, 1, now, ines, 50, 1, 1, 1)
    for counted in ([pivot.pk], [one.pk for one in [pivot, *others]]):
        with django_assert_num_queries(9):
            friction(counted)
