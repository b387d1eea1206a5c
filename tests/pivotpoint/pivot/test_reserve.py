"""A destination in reserve gets a loop when none before it gets through, and only then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.pivot import edit, handoffs, loops
from pivotpoint.pivot.models import Destination, Handoff, Loop
from pivotpoint.pivot.reserve import fall_back
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("now", "maren")


@pytest.fixture
def pivot(teams: Any, ines: Any) -> Any:
    return make_pivot(teams["finance"], ines, destinations=0)


def lead_to(pivot: Any, *hows: str) -> list[Destination]:
    """Destinations a, b, c … in this order."""
    return [
        Destination.objects.create(pivot=pivot, position=n, name="abc"[n], kind="tasks", how=how)
        for n, how in enumerate(hows)
    ]


def opened(pivot: Any, number: int = 1) -> Loop:
    return loops.open_loop(make_insight(number, 1), pivot, by=None)


def states(loop: Loop) -> str:
    """Every hand-off of the loop with its state, in order."""
    rows = loop.handoffs.order_by("pk").select_related("destination")
    return " ".join(f"{row.destination}:{row.state}" for row in rows)


def put(loop: Loop, name: str, state: str) -> None:
    Handoff.objects.filter(loop=loop, destination__name=name).update(state=state)


def rest(destination: Destination, seconds: int = 60) -> None:
    Destination.objects.filter(pk=destination.pk).update(rests_until=clock.now() + timedelta(seconds=seconds))


def test_it_waits_while_the_one_before_it_may_still_take_the_loop(pivot: Any) -> None:
    lead_to(pivot, "always", "fallback")
    loop = opened(pivot)
    for state in ("queued", "sending", "sent", "answered"):
        put(loop, "a", state)
        assert fall_back() == 0
    assert states(loop) == "a:answered b:reserve"


def test_it_takes_the_loop_when_the_one_before_it_is_dead(pivot: Any) -> None:
    lead_to(pivot, "always", "fallback")
    loop = opened(pivot)
    put(loop, "a", "dead")
    assert (fall_back(), fall_back()) == (1, 0)
    assert states(loop) == "a:dead b:queued"
    assert Event.objects.filter(name="pivot.handoff_fell_back").count() == 1
    assert Event.objects.filter(name="pivot.handoff_queued").count() == 2


def test_while_the_one_before_it_rests_it_takes_what_waits_there(pivot: Any) -> None:
    first, _ = lead_to(pivot, "always", "fallback")
    loop, other = opened(pivot), opened(pivot, 2)
    put(other, "a", "sent")
    rest(first)
    assert fall_back() == 1
    assert states(loop) == "a:passed b:queued"
    assert states(other) == "a:sent b:reserve"
    with clock.at(clock.now() + timedelta(seconds=61)):
        third = opened(pivot, 3)
        assert fall_back() == 0
    assert states(third) == "a:queued b:reserve"


def test_all_before_it_must_have_failed(pivot: Any) -> None:
    lead_to(pivot, "always", "always", "fallback")
    loop = opened(pivot)
    put(loop, "a", "dead")
    assert fall_back() == 0
    put(loop, "b", "dead")
    assert fall_back() == 1
    assert states(loop) == "a:dead b:dead c:queued"


def test_two_in_reserve_come_one_after_the_other(pivot: Any) -> None:
    lead_to(pivot, "always", "fallback", "fallback")
    loop = opened(pivot)
    put(loop, "a", "dead")
    assert (fall_back(), fall_back()) == (1, 0)
    assert states(loop) == "a:dead b:queued c:reserve"
    put(loop, "b", "dead")
    assert fall_back() == 1
    assert states(loop) == "a:dead b:dead c:queued"


def test_after_reopening_the_order_begins_anew(pivot: Any, ines: Any) -> None:
    lead_to(pivot, "always", "fallback")
    loop = opened(pivot)
    put(loop, "a", "dead")
    fall_back()
    put(loop, "b", "sent")
    loops.decline(loop, "No.", by=ines)
    loops.reopen(loop, "Yes.", by=ines)
    assert fall_back() == 0
    assert states(loop) == "a:dead b:sent a:queued b:reserve"
    Handoff.objects.filter(loop=loop, state="queued").update(state="dead")
    assert fall_back() == 1
    assert states(loop) == "a:dead b:sent a:dead b:queued"


def test_a_reserve_that_was_not_needed_is_not_kept_for_the_next_time(pivot: Any, ines: Any) -> None:
    lead_to(pivot, "always", "fallback")
    loop = opened(pivot)
    put(loop, "a", "sent")
    loops.decline(loop, "No.", by=ines)
    loops.reopen(loop, "Yes.", by=ines)
    assert states(loop) == "a:sent b:passed a:queued b:reserve"


def test_a_person_may_send_what_is_in_reserve(pivot: Any, ines: Any) -> None:
    _, second = lead_to(pivot, "always", "fallback")
    loop = opened(pivot)
    handoff = handoffs.add(loop, second, by=ines)
    assert (handoff.state, states(loop)) == ("queued", "a:queued b:queued")


def test_what_was_passed_over_can_be_replayed(pivot: Any, ines: Any) -> None:
    first, _ = lead_to(pivot, "always", "fallback")
    loop = opened(pivot)
    rest(first)
    fall_back()
    handoffs.replay(Handoff.objects.get(state="passed"), by=ines)
    assert states(loop) == "a:queued b:queued"


def test_of_a_closed_loop_nothing_is_sent(pivot: Any, ines: Any) -> None:
    lead_to(pivot, "always", "fallback")
    loop = opened(pivot)
    put(loop, "a", "dead")
    loops.decline(loop, "No.", by=ines)
    loops.told(loop, by=ines)
    assert fall_back() == 0


def test_with_nobody_before_it_it_gets_the_loop(pivot: Any) -> None:
    lead_to(pivot, "fallback")
    loop = opened(pivot)
    assert fall_back() == 1
    assert states(loop) == "a:queued"


def test_how_and_how_fast_are_terms_of_a_destination(pivot: Any, maren: Any) -> None:
    made = edit.save_destination(
        pivot, name="ERP", kind="tasks", config={}, how="fallback", at_once=2, by=maren
    )
    edit.save_destination(pivot, name="ERP 2", kind="tasks", config={}, destination=made, by=maren)
    made.refresh_from_db()
    assert (made.name, made.how, made.at_once, made.per_minute) == ("ERP 2", "fallback", 2, None)
    for wrong in ({"how": "perhaps"}, {"at_once": 0}, {"speed": 3}):
        with pytest.raises(Exception, match="not a valid choice|A limit of 0|has no speed"):
            edit.save_destination(pivot, name="CRM", kind="tasks", config={}, by=maren, **wrong)
