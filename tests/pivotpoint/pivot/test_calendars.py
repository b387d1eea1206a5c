"""A pivot's targets are counted in the hours in which its people work."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.lib import clock
from pivotpoint.pivot import calendars, edit, loops, targets
from pivotpoint.pivot.calendar_text import holidays, shift_words, shifts, week
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.escalate import escalate
from pivotpoint.pivot.models import Calendar, Stage
from pivotpoint.pivot.refused import Refused
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("ada")
OFFICE = ["9-12, 13-17"] * 5 + ["", ""]
FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


def make_calendar(maren: Any, **kwargs: Any) -> Calendar:
    return calendars.save("Office", "UTC", OFFICE, "2026-11-23 Founders' day", by=maren, **kwargs)


def test_hours_are_read_as_people_write_them() -> None:
    assert shifts("9-12 & 13:30–17") == [(540, 720), (810, 1020)]
    assert shift_words(shifts("22-6")) == "22:00-06:00"
    assert shift_words(shifts("0-24")) == "00:00-24:00"
    assert holidays("2026-12-25 Christmas\n\n2027-01-01") == {
        date(2026, 12, 25): "Christmas",
        date(2027, 1, 1): "",
    }


@pytest.mark.parametrize("text", ["nine to five", "9-9", "9-25", "9:70-17", "24-3", "9-12-15"])
def test_hours_that_cannot_be_read_are_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refused, match=r"9:00-17:00"):
        shifts(text)


def test_no_hour_is_open_twice() -> None:
    with pytest.raises(Refused, match="open twice"):
        shifts("9-13, 12-17")
    with pytest.raises(Refused, match="Sunday's last shift runs into the first one of Monday"):
        week(["5-9", "", "", "", "", "", "22-6"])
    with pytest.raises(Refused, match="less than an hour"):
        week(["9:00-9:01"] + [""] * 6)
    with pytest.raises(Refused, match="never make anything due"):
        week([""] * 7)
    with pytest.raises(Refused, match="is no holiday"):
        holidays("Christmas")


def test_every_target_counts_in_the_pivots_hours(teams: Any, ines: Any, maren: Any) -> None:
    pivot = make_pivot(teams["finance"], ines, accept_hours=7)
    edit.save({"calendar": make_calendar(maren)}, by=maren, pivot=pivot)
    with clock.at(FRIDAY):
        passage = decide(make_insight())
        assert passage is not None
        assert passage.due_at == targets.due(pivot, Stage.HEARD, FRIDAY)
        loop = loops.open_loop(passage.insight, pivot, by=maren)
    # Two hours on Friday, Monday is a holiday, five on Tuesday.
    assert loop.due_at == datetime(2026, 11, 24, 15, tzinfo=UTC)
    with clock.at(datetime(2026, 11, 24, 14, tzinfo=UTC)):
        assert escalate() == 0
    with clock.at(datetime(2026, 11, 24, 15, 1, tzinfo=UTC)):
        assert escalate() == 1


def test_a_functions_calendar_counts_for_its_pivots_that_name_none(teams: Any, ines: Any, maren: Any) -> None:
    pivot = make_pivot(teams["finance"], ines)
    own = make_calendar(maren, teams=[teams["finance"]])
    assert calendars.of(pivot) == own.hours()
    other = calendars.save("Night", "UTC", ["22-6"] * 7, "", by=maren, teams=[teams["finance"]])
    assert list(own.teams.all()) == []
    edit.save({"calendar": own}, by=maren, pivot=pivot)
    assert calendars.of(pivot) == own.hours()
    edit.save({"calendar": None}, by=maren, pivot=pivot)
    calendars.remove(other, by=maren)
    assert calendars.of(pivot) is None


def test_verdicts_keep_no_hours(teams: Any, ines: Any, maren: Any) -> None:
    pivot = make_pivot(teams["finance"], ines, calendar=make_calendar(maren))
    assert (targets.due(pivot, Stage.TOLD, FRIDAY) - FRIDAY).days == 30


def test_a_calendar_in_use_is_not_taken_away(teams: Any, ines: Any, maren: Any) -> None:
    calendar = make_calendar(maren)
    make_pivot(teams["finance"], ines, calendar=calendar)
    with pytest.raises(Refused, match="Refunds counts in these hours"):
        calendars.remove(calendar, by=maren)


def test_who_may_not_change_pivots_changes_no_calendar(ines: Any, maren: Any) -> None:
    with pytest.raises(PermissionDenied):
        make_calendar(ines)
    with pytest.raises(Refused, match="no time zone"):
        calendars.save("Office", "Mars/Base", OFFICE, "", by=maren)
    make_calendar(maren)
    with pytest.raises(ValidationError, match="already exists"):
        make_calendar(maren)


def test_any_number_of_pivots_is_three_queries(
    teams: Any, ines: Any, maren: Any, django_assert_num_queries: Any
) -> None:
    calendar = make_calendar(maren)
    pivots = [make_pivot(teams["finance"], ines, f"P{n}", calendar=calendar) for n in range(4)]
    with django_assert_num_queries(3):
        calendars.hours_of(pivots)
