"""Business hours in the switchyard as a file."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from pivotpoint.accounts.models import Installation
from pivotpoint.pivot import proposals
from pivotpoint.pivot.changing import Proposed
from pivotpoint.pivot.file import compare, take_in, write
from pivotpoint.pivot.models import Calendar, Pivot
from pivotpoint.pivot.refused import Refused

HOURS = {
    "name": "Finance hours",
    "zone": "Europe/Berlin",
    "week": {"Monday": "9-12, 13-17", "Friday": "22-6"},
    "holidays": ["2026-12-25 Christmas"],
    "teams": ["finance"],
}


def with_hours(text: str, **change: Any) -> str:
    body = yaml.safe_load(text)
    body["calendars"] = [HOURS | change]
    body["pivots"][0]["calendar"] = "Finance hours"
    return yaml.safe_dump(body, sort_keys=False, allow_unicode=True)


def test_business_hours_are_in_the_file(yard: SimpleNamespace) -> None:
    text = with_hours(write())
    said = compare(text)
    assert [(line.of, line.pivot, line.does) for line in said] == [
        ("calendar", "Finance hours", "new"),
        ("pivot", "Refunds → Finance", "changed"),
    ]
    assert not Calendar.objects.exists()
    assert take_in(text, by=yard.maren) == said
    calendar = Calendar.objects.get()
    assert (calendar.zone, calendar.week[0], calendar.week[1]) == (
        "Europe/Berlin",
        [[540, 720], [780, 1020]],
        [],
    )
    assert [str(day) for day in calendar.holidays.all()] == ["2026-12-25 Christmas"]
    assert [team.key for team in calendar.teams.all()] == ["finance"]
    assert Pivot.objects.get(pk=yard.refunds.pk).calendar == calendar
    assert "Monday: 09:00-12:00, 13:00-17:00" in write()
    assert take_in(text, by=yard.maren) == take_in(write(), by=yard.maren) == []


def test_an_empty_installation_gets_its_hours_with_the_pivots(yard: SimpleNamespace) -> None:
    take_in(with_hours(write()), by=yard.maren)
    text = write()
    Pivot.objects.all().delete()
    Calendar.objects.all().delete()
    take_in(text, by=yard.maren)
    assert write() == text


def test_what_changes_in_the_hours_is_said_in_words(yard: SimpleNamespace) -> None:
    take_in(with_hours(write()), by=yard.maren)
    new = with_hours(
        write(), zone="UTC", week={"Monday": "8-16", "Friday": "22-6"}, holidays=["2026-12-26"], teams=[]
    )
    assert compare(new)[0].differences == [
        "Time zone Europe/Berlin → UTC",
        "Monday 09:00-12:00, 13:00-17:00 → 08:00-16:00",
        "Holiday 2026-12-25 Christmas is gone",
        "Holiday 2026-12-26 is new",
        "Function finance is gone",
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"zone": "Moon"}, "Calendar “Finance hours”: “Moon” is no time zone"),
        ({"zone": None}, "zone is missing"),
        ({"week": {"Moonday": "9-17"}}, "week is made of days"),
        ({"week": {"Monday": "late"}}, "write “9:00-17:00”"),
        ({"week": {}}, "open one day at least"),
        ({"holidays": ["Christmas"]}, "is no holiday"),
        ({"holidays": "2026-12-25"}, "holidays is a list"),
        ({"teams": ["moon"]}, "there is no “moon”"),
        ({"colour": "red"}, "a calendar has no colour"),
    ],
)
def test_hours_that_cannot_be_keep_the_whole_file_out(
    yard: SimpleNamespace, change: dict[str, Any], sentence: str
) -> None:
    before = write()
    with pytest.raises(Refused, match=sentence):
        take_in(with_hours(before, **change), by=yard.maren)
    assert write() == before


def test_hours_count_at_once_where_the_pivots_wait_for_a_second_pair_of_eyes(yard: SimpleNamespace) -> None:
    Installation.objects.update(two_pairs_of_eyes=True)
    with pytest.raises(Proposed) as asked:
        take_in(with_hours(write()), by=yard.maren)
    assert Calendar.objects.get().name == "Finance hours"
    assert Pivot.objects.get(pk=yard.refunds.pk).calendar is None
    proposals.approve(asked.value.proposal, by=yard.ada)
    assert Pivot.objects.get(pk=yard.refunds.pk).calendar == Calendar.objects.get()
