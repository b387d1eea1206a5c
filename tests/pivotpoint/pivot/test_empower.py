"""The same decision again and again: the product says so, with the evidence, and only then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from pivotpoint.lib import clock
from pivotpoint.pivot import empower, gate, loops, standing
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.empower import signals
from pivotpoint.pivot.models import Loop, Pivot
from tests.switchyard import make_insight, make_pivot


@pytest.fixture
def pivot(now: Any, teams: Any, ines: Any, maren: Any) -> Pivot:
    return make_pivot(teams["finance"], ines)


def decided(pivot: Pivot, numbers: range, now: datetime, by: Any, *, declines: tuple[int, ...] = ()) -> None:
    """One loop a day, opened at nine; its owner decides five hours later, one after another within seconds."""
    opened: dict[int, Loop] = {}
    for number in numbers:
        with clock.at(now - timedelta(hours=5)):
            opened[number] = loops.open_loop(make_insight(number), pivot, by=None)
    for place, (number, loop) in enumerate(opened.items()):
        with clock.at(now + timedelta(seconds=20 * place)):
            if number in declines:
                loops.decline(loop, "Not ours.", by=by)
            else:
                loops.accept(loop, by=by)


def test_fourteen_of_fifteen_the_same_is_a_signal_with_its_cost(pivot: Pivot, ines: Any, now: Any) -> None:
    decided(pivot, range(1, 16), now, ines, declines=(4,))
    with clock.at(now + timedelta(hours=1)):
        (signal,) = signals([pivot.pk])
    assert (signal.where, signal.answer, signal.same, signal.of) == ("owner", "accepted", 14, 15)
    assert signal.quick == 13  # before the first, nobody knows what she did
    assert 75 <= signal.hours < 76
    assert signal.sentence == (
        "14 of the last 15 were accepted unchanged, 13 of them in under a minute."
        " In the last 30 days that waiting cost 76 h."
    )


def test_few_or_mixed_decisions_are_none(pivot: Pivot, ines: Any, now: Any) -> None:
    decided(pivot, range(1, 6), now, ines)
    assert signals([pivot.pk]) == []
    decided(pivot, range(6, 16), now + timedelta(minutes=30), ines, declines=(7, 9, 11))
    with clock.at(now + timedelta(hours=1)):
        assert signals([pivot.pk]) == []


def test_what_another_owner_had_to_decide_was_not_plain(
    pivot: Pivot, ines: Any, joris: Any, now: Any
) -> None:
    for number in range(1, 9):
        loop = loops.open_loop(make_insight(number), pivot, by=None)
        loops.reassign(loop, joris, by=ines)
        loops.accept(loop, by=joris)
    assert signals([pivot.pk]) == []


def test_what_the_product_does_by_itself_is_no_decision(pivot: Pivot, now: Any) -> None:
    for number in range(1, 9):
        loops.accept(loops.open_loop(make_insight(number), pivot, by=None), by=None)
    assert signals([pivot.pk]) == []


def test_the_gate_is_a_decision_as_well(pivot: Pivot, maren: Any, now: Any) -> None:
    for number in range(1, 8):
        passage = decide(make_insight(number))
        assert passage is not None
        with clock.at(now + timedelta(hours=number)):
            gate.hold(passage, "We answer these one by one.", by=maren)
    with clock.at(now + timedelta(days=1)):
        (signal,) = signals([pivot.pk])
    assert (signal.where, signal.answer, signal.same) == ("gate", "held", 7)
    assert signal.hours == 28
    assert empower.conditions(signal)["conditions"] == pivot.rules.get().conditions  # type: ignore[attr-defined]


def test_after_a_standing_answer_it_begins_anew(pivot: Pivot, ines: Any, maren: Any, now: Any) -> None:
    decided(pivot, range(1, 8), now, ines)
    with clock.at(now + timedelta(hours=1)):
        (signal,) = signals([pivot.pk])
        fields = {"name": "Pay", "may": "Pay at once.", "template": "Paid."} | empower.conditions(signal)
        made = standing.make(pivot, fields, by=maren, evidence=signal.as_dict())
        assert signals([pivot.pk]) == []
    made.refresh_from_db()
    assert made.evidence["sentence"].startswith("7 of the last 7 were accepted unchanged")


def test_it_is_three_queries_for_any_number(
    pivot: Pivot, ines: Any, now: Any, django_assert_num_queries: Any
) -> None:
    decided(pivot, range(1, 9), now, ines)
    with clock.at(now + timedelta(hours=1)), django_assert_num_queries(3):
        assert len(signals([pivot.pk])) == 1
