"""Which pivot takes an insight, and what the gate does with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.journal.models import Event
from pivotpoint.journal.record import record, register
from pivotpoint.lib import clock
from pivotpoint.pivot import edit, gate, loops
from pivotpoint.pivot.decide import decide, decide_all, uncovered
from pivotpoint.pivot.models import Gate, Loop, Passage, Stage
from pivotpoint.pivot.refused import Refused
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("now", "maren")


@pytest.fixture
def pivot(teams: Any, ines: Any) -> Any:
    return make_pivot(teams["finance"], ines)


def test_a_checked_gate_waits_for_a_person(pivot: Any, ines: Any, now: Any) -> None:
    passage = decide(make_insight())
    assert passage is not None
    assert (passage.state, passage.owner) == (Passage.State.WAITING, ines)
    assert passage.why == "Rung is at least Trend"
    assert passage.due_at == now + timedelta(hours=24)
    assert not Loop.objects.exists()


def test_an_open_gate_opens_the_loop_at_once(pivot: Any) -> None:
    pivot.gate = Gate.OPEN
    pivot.save()
    passage = decide(make_insight())
    assert passage is not None
    assert passage.state == Passage.State.PASSED
    assert Loop.objects.get().stage == Stage.HANDED_OVER
    assert decide(make_insight(2, 1)) is None


def test_a_closed_gate_collects_until_it_opens(pivot: Any) -> None:
    pivot.gate = Gate.CLOSED
    pivot.save()
    insight = make_insight()
    assert decide(insight).state == Passage.State.COLLECTED  # type: ignore[union-attr]
    assert decide(insight) is None
    pivot.gate = Gate.CHECKED
    pivot.save()
    assert decide(insight).state == Passage.State.WAITING  # type: ignore[union-attr]


def test_the_first_pivot_by_position_takes_it(pivot: Any, teams: Any, joris: Any) -> None:
    first = make_pivot(teams["supply"], joris, "All trends", position=0)
    pivot.position = 1
    pivot.save()
    assert decide(make_insight()).pivot == first  # type: ignore[union-attr]
    first.rules.create(
        position=1, excludes=True, conditions=[{"field": "function", "op": "is", "value": "finance"}]
    )
    assert decide(make_insight(2)).pivot == pivot  # type: ignore[union-attr]


def test_what_waits_or_travels_is_not_decided_again(pivot: Any, maren: Any) -> None:
    insight = make_insight()
    passage = decide(insight)
    assert passage is not None
    assert decide(insight) is None
    gate.let_pass(passage, by=maren)
    assert decide(insight) is None
    assert Event.objects.filter(name="pivot.matched").count() == 1


def test_what_is_set_aside_is_left_alone(pivot: Any) -> None:
    insight = make_insight()
    insight.set_aside_until = clock.now() + timedelta(days=7)
    insight.save()
    assert decide(insight) is None
    assert decide_all() == 0


def test_what_was_held_stands_at_the_gate_again_only_after_it_climbed(pivot: Any, ines: Any) -> None:
    insight = make_insight()
    passage = decide(insight)
    assert passage is not None
    gate.hold(passage, "A standing answer covers it.", by=ines)
    assert decide(insight) is None
    insight.climbed_at = clock.now() + timedelta(minutes=1)
    insight.save()
    assert decide(insight).state == Passage.State.WAITING  # type: ignore[union-attr]


def test_growth_between_two_rungs_is_seen_by_the_sweep(teams: Any, ines: Any) -> None:
    make_pivot(teams["finance"], ines, conditions=[{"field": "people", "op": "at_least", "value": 5}])
    insight = make_insight(1, 4)
    make_insight(2, 1)
    assert decide_all() == 0
    insight.theme.people = 5
    insight.theme.save()
    assert decide_all() == 1
    assert decide_all() == 0
    assert list(uncovered().values_list("pk", flat=True)) == [2]


def test_an_event_of_insights_decides(pivot: Any, django_capture_on_commit_callbacks: Any) -> None:
    insight = make_insight()
    register("insights.became_trend", "Enough different people stand behind a theme.")
    with django_capture_on_commit_callbacks(execute=True):
        record("insights.became_trend", insight)
    assert Passage.objects.get().insight == insight


def test_passing_opens_the_loop_once(pivot: Any, ines: Any, samir: Any) -> None:
    passage = decide(make_insight())
    assert passage is not None
    with pytest.raises(PermissionDenied):
        gate.let_pass(passage, by=samir)
    loop = gate.let_pass(passage, by=ines)
    assert gate.let_pass(passage, by=ines) == loop
    passage.refresh_from_db()
    assert (passage.state, passage.decided_by) == (Passage.State.PASSED, ines)
    assert loop.opened_by == ines
    with pytest.raises(Refused, match="has passed already"):
        gate.hold(passage, "Too late.", by=ines)


def test_holding_needs_a_reason(pivot: Any, ines: Any) -> None:
    passage = decide(make_insight())
    assert passage is not None
    with pytest.raises(Refused, match="needs a reason"):
        gate.hold(passage, "", by=ines)


def test_a_pivot_whose_owner_left_finds_the_next_in_line(pivot: Any, ines: Any, maren: Any) -> None:
    ines.left_at = clock.now()
    ines.save()
    assert decide(make_insight()).owner == maren  # type: ignore[union-attr]


def test_deciding_costs_the_same_however_many_insights_there_are(
    pivot: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(3, 23):
        make_insight(number, 1)
    with django_assert_max_num_queries(3):
        assert decide_all() == 0
    loops.open_loop(make_insight(1), pivot, by=None)
    with django_assert_max_num_queries(3):
        assert len(uncovered()) == 20


def test_what_is_severe_may_pass_where_the_rest_waits(pivot: Any, maren: Any) -> None:
    edit.save({"gates": {"high": "open", "low": "closed"}}, by=maren, pivot=pivot)
    for number, severity, state in ((1, "high", "passed"), (2, "medium", "waiting"), (3, "low", "collected")):
        assert decide(make_insight(number, severity=severity)).state == state  # type: ignore[union-attr]
    edit.save({"gates": {}}, by=maren, pivot=pivot)
    assert (
        decide_all() == 0
    )  # collected at a gate that is checked now: it stands again when the rules are asked
    assert decide(Loop.objects.get().insight) is None


@pytest.mark.parametrize("gates", [{"high": "ajar"}, {"mild": "open"}, ["open"], {"high": None}])
def test_a_gate_that_there_is_not_is_refused(pivot: Any, maren: Any, gates: Any) -> None:
    with pytest.raises(ValidationError, match="open, checked or closed"):
        edit.save({"gates": gates}, by=maren, pivot=pivot)
