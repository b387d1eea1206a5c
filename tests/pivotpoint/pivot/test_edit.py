"""Pivots are made, changed and tried before they are saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.pivot import edit
from pivotpoint.pivot.conditions import ConditionError
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.models import Destination, Pivot
from pivotpoint.pivot.refused import Refused
from pivotpoint.pivot.replay import Some, replay
from tests.switchyard import TREND, make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("now")
FINANCE = [{"conditions": [{"field": "function", "op": "is", "value": "finance"}]}]


def test_a_pivot_is_saved_with_its_rules(teams: Any, ines: Any, maren: Any) -> None:
    fields = {"name": "Refunds", "team": teams["finance"], "owner": ines}
    pivot = edit.save(fields, by=maren, rules=FINANCE)
    assert pivot.rules.get().conditions == FINANCE[0]["conditions"]
    first = pivot.rules.get().pk
    edit.save({"gate": "open"}, by=maren, pivot=pivot, rules=[{"conditions": TREND}, FINANCE[0]])
    assert [rule.pk for rule in pivot.rules.all()][0] == first
    edit.save({}, by=maren, pivot=pivot, rules=[])
    assert not pivot.rules.exists()


def test_a_wrong_rule_saves_nothing(teams: Any, ines: Any, maren: Any) -> None:
    fields = {"name": "Refunds", "team": teams["finance"], "owner": ines}
    with pytest.raises(ConditionError):
        edit.save(fields, by=maren, rules=[{"conditions": []}])
    assert not Pivot.objects.exists()


def test_what_a_pivot_cannot_be_is_refused(teams: Any, ines: Any, maren: Any, bo: Any) -> None:
    fields = {"name": "Refunds", "team": teams["finance"], "owner": ines}
    with pytest.raises(PermissionDenied):
        edit.save(fields, by=ines)
    with pytest.raises(Refused, match="Bo Aramis may not act"):
        edit.save(fields | {"owner": bo}, by=maren)
    with pytest.raises(Refused, match="A pivot has no colour"):
        edit.save(fields | {"colour": "red"}, by=maren)
    with pytest.raises(ValidationError):
        edit.save(fields | {"gate": "ajar"}, by=maren)

    with pytest.raises(Refused, match="Process has no value"):
        edit.save(fields | {"process": None}, by=maren)


@pytest.mark.parametrize("name", ["pass_hours", "accept_hours", "act_hours", "tell_hours"])
@pytest.mark.parametrize("hours", [0, 8_761, 2_000_000_000])
def test_a_target_is_an_hour_at_least_and_a_year_at_most(
    teams: Any, ines: Any, maren: Any, name: str, hours: int
) -> None:
    """Beyond that a date has no end: the sweep that opens loops would fail for every pivot."""
    fields = {"name": "Refunds", "team": teams["finance"], "owner": ines, name: hours}
    with pytest.raises(ValidationError, match="is no target|more than a year"):
        edit.save(fields, by=maren)
    assert not Pivot.objects.exists()


def test_the_order_that_is_asked_for_decides_who_takes_what(teams: Any, ines: Any, joris: Any) -> None:
    first = make_pivot(teams["supply"], joris, "Trends", position=1)
    mine = make_pivot(teams["finance"], ines, "Money", conditions=FINANCE[0]["conditions"], position=2)
    make_insight(1, 3)
    assert replay(mine).kept_by == {first: Some(1, 3)}
    found = replay(FINANCE, instead_of=mine, position=0)
    assert (found.taken_from, found.kept_by) == ({first: Some(1, 3)}, {})


def test_a_replay_tells_what_rules_would_have_done(teams: Any, ines: Any, joris: Any) -> None:
    earlier = make_pivot(teams["supply"], joris, "High", position=0)
    earlier.rules.update(conditions=[{"field": "severity", "op": "is", "value": "high"}])
    later = make_pivot(teams["finance"], ines, "Trends", position=5)
    make_insight(1, 3)
    make_insight(2, 4, severity="high")
    make_insight(3, 1)
    make_insight(4, 1, function="")
    found = replay(FINANCE, position=3)
    assert found.caught == Some(3, 8)
    assert (found.kept_by, found.taken_from) == ({earlier: Some(1, 4)}, {later: Some(1, 3)})
    assert found.uncovered == Some(1, 1)
    assert [insight.pk for insight in found.examples] == [2, 1, 3]


def test_a_replay_of_a_saved_pivot_counts_what_it_takes_itself(teams: Any, ines: Any) -> None:
    pivot = make_pivot(teams["finance"], ines)
    make_insight(1, 3)
    found = replay(pivot)
    assert (found.caught, found.taken_from, found.uncovered) == (Some(1, 3), {}, Some(0, 0))
    with pytest.raises(ConditionError):
        replay([{"conditions": [{"field": "people", "op": "at_least", "value": "x"}]}])


def test_a_replay_costs_the_same_on_more_data(
    teams: Any, ines: Any, django_assert_max_num_queries: Any
) -> None:
    make_pivot(teams["finance"], ines)
    for number in range(1, 21):
        make_insight(number, 1)
    with django_assert_max_num_queries(10):
        replay(FINANCE)


def test_the_order_is_a_decision(teams: Any, ines: Any, maren: Any) -> None:
    one, two = (
        make_pivot(teams["finance"], ines, "One"),
        make_pivot(teams["finance"], ines, "Two", position=1),
    )
    edit.order([two, one], by=maren)
    assert [p.name for p in Pivot.objects.all()] == ["Two", "One"]


def test_a_pivot_with_insights_at_its_gate_is_not_closed(teams: Any, ines: Any, maren: Any) -> None:
    pivot = make_pivot(teams["finance"], ines)
    passage = decide(make_insight())
    assert passage is not None
    with pytest.raises(Refused, match="1 insight waits at this gate"):
        edit.close(pivot, by=maren)
    passage.delete()
    assert edit.close(pivot, by=maren).closed_at is not None
    assert decide(make_insight(2)) is None


def test_a_secret_is_shown_once_and_kept_encrypted(teams: Any, ines: Any, maren: Any) -> None:
    pivot = make_pivot(teams["finance"], ines, destinations=0)
    destination = edit.save_destination(pivot, name="ERP", kind="webhook", config={}, by=maren)
    secret = edit.new_secret(destination, by=maren)
    assert secret.startswith("whsec_")
    assert Destination.objects.get().secret == secret
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM pivot_destination")
        assert secret not in cursor.fetchone()[0]
    edit.close_destination(destination, by=maren)
    assert Destination.objects.get().closed_at is not None


def test_a_form_that_is_sent_twice_makes_one_destination(teams: Any, ines: Any, maren: Any) -> None:
    pivot = make_pivot(teams["finance"], ines, destinations=0)
    erp = edit.save_destination(pivot, name="ERP", kind="webhook", config={}, by=maren)
    with pytest.raises(Refused, match="leads to ERP already"):
        edit.save_destination(pivot, name="ERP", kind="webhook", config={}, by=maren)
    edit.save_destination(pivot, name="ERP", kind="webhook", config={"url": "x"}, by=maren, destination=erp)
    edit.close_destination(erp, by=maren)
    assert edit.save_destination(pivot, name="ERP", kind="webhook", config={}, by=maren).pk != erp.pk
