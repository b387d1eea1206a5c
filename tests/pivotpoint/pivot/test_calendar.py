"""Business hours are arithmetic that always agrees with itself: over nights, weekends, holidays and changed clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pivotpoint.pivot.calendar import OpenHours, due, worked
from pivotpoint.pivot.calendar_text import week

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = ["9-12, 13-17"] * 5 + ["", ""]


def hours(days: list[str], *holidays: date, zone: str = "Europe/Berlin") -> OpenHours:
    return OpenHours(ZoneInfo(zone), tuple(tuple(map(tuple, day)) for day in week(days)), frozenset(holidays))


def berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN)  # type: ignore[misc, arg-type]


def test_without_a_calendar_hours_are_plain() -> None:
    start = datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert due(start, 48) == start + timedelta(hours=48)
    assert worked(start, start + timedelta(hours=5, minutes=30)) == 5.5


def test_friday_afternoon_goes_on_on_monday() -> None:
    assert due(berlin(2026, 11, 20, 16), 4, hours(OFFICE)) == berlin(2026, 11, 23, 12)


def test_lunch_is_not_worked() -> None:
    assert due(berlin(2026, 11, 17, 11), 2, hours(OFFICE)) == berlin(2026, 11, 17, 14)
    assert worked(berlin(2026, 11, 17, 11), berlin(2026, 11, 17, 14), hours(OFFICE)) == 2


def test_what_is_over_when_the_doors_close_is_due_then() -> None:
    assert due(berlin(2026, 11, 20, 9), 7, hours(OFFICE)) == berlin(2026, 11, 20, 17)


def test_what_comes_at_night_or_on_sunday_begins_when_the_doors_open() -> None:
    calendar = hours(OFFICE)
    assert due(berlin(2026, 11, 22, 3), 1, calendar) == berlin(2026, 11, 23, 10)
    assert due(berlin(2026, 11, 23, 20), 1, calendar) == berlin(2026, 11, 24, 10)
    assert worked(berlin(2026, 11, 21, 1), berlin(2026, 11, 22, 23), calendar) == 0


def test_a_shift_over_midnight_is_one_shift() -> None:
    night = hours(["22-6"] * 5 + ["", ""])
    assert due(berlin(2026, 11, 20, 23), 7, night) == berlin(2026, 11, 21, 6)
    assert due(berlin(2026, 11, 21, 2), 5, night) == berlin(2026, 11, 23, 23)


def test_on_a_holiday_no_shift_begins() -> None:
    calendar = hours(OFFICE, date(2026, 12, 25))
    assert due(berlin(2026, 12, 24, 16), 2, calendar) == berlin(2026, 12, 28, 10)
    night = hours(["22-6"] * 7, date(2026, 12, 25))
    assert worked(berlin(2026, 12, 24, 12), berlin(2026, 12, 26, 12), night) == 8


def test_the_day_that_only_a_leap_year_has_is_worked() -> None:
    assert due(berlin(2028, 2, 28, 16), 2, hours(OFFICE)) == berlin(2028, 2, 29, 10)
    assert due(berlin(2027, 2, 26, 16), 2, hours(OFFICE)) == berlin(2027, 3, 1, 10)


def test_a_night_on_which_the_clock_changes_is_an_hour_shorter_or_longer() -> None:
    night = hours(["22-6"] * 7)
    assert worked(berlin(2026, 3, 28, 22), berlin(2026, 3, 29, 6), night) == 7
    assert worked(berlin(2026, 10, 24, 22), berlin(2026, 10, 25, 6), night) == 9


def test_a_shift_inside_the_hour_that_does_not_exist_comes_an_hour_later() -> None:
    gap = hours(["", "", "", "", "", "", "2:10-2:50, 3:30-9"])
    spans = gap.spans(berlin(2026, 3, 29, 0))
    assert next(spans) == (berlin(2026, 3, 29, 3, 10), berlin(2026, 3, 29, 3, 50))
    assert next(spans) == (berlin(2026, 3, 29, 3, 50), berlin(2026, 3, 29, 9))  # no minute is counted twice


def test_another_zone_has_another_morning() -> None:
    tokyo = hours(OFFICE, zone="Asia/Tokyo")
    assert due(datetime(2026, 11, 17, 20, tzinfo=UTC), 1, tokyo) == datetime(2026, 11, 18, 1, tzinfo=UTC)


def test_a_calendar_without_hours_is_refused() -> None:
    with pytest.raises(ValueError, match="seven days"):
        OpenHours(BERLIN, ((),) * 7)
    with pytest.raises(ValueError, match="fewer"):
        due(berlin(2026, 11, 17, 9), -1, hours(OFFICE))


ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))


@st.composite
def calendars(draw: st.DrawFn) -> OpenHours:
    """Any week of up to three shifts a day, the last one perhaps over midnight."""
    days: list[tuple[tuple[int, int], ...]] = []
    for _ in range(7):
        edges = sorted(draw(st.lists(st.integers(0, 1439), max_size=6, unique=True)))
        days.append(tuple(zip(edges[::2], edges[1::2], strict=False)))
    if draw(st.booleans()) or not any(days):
        days[draw(st.integers(0, 6))] = ((1320, 1440 + draw(st.integers(1, 360))),)
    return OpenHours(
        ZoneInfo(draw(st.sampled_from(ZONES))),
        tuple(days),
        frozenset(draw(st.sets(st.dates(date(2025, 1, 1), date(2026, 1, 1)), max_size=20))),
    )


@given(calendars(), MOMENTS, st.integers(0, 20 * 60))
def test_what_is_due_after_so_many_hours_has_worked_so_many(
    calendar: OpenHours, start: datetime, minutes: int
) -> None:
    assert worked(start, due(start, minutes / 60, calendar), calendar) == pytest.approx(minutes / 60)


@given(
    calendars(), MOMENTS, st.integers(0, 600), st.integers(0, 600), st.timedeltas(timedelta(0), timedelta(9))
)
def test_later_or_longer_is_never_due_earlier(
    calendar: OpenHours, start: datetime, less: int, more: int, later: timedelta
) -> None:
    less, more = sorted((less, more))
    assert due(start, less / 60, calendar) <= due(start, more / 60, calendar)
    assert due(start, less / 60, calendar) <= due(start + later, less / 60, calendar)


@given(calendars(), MOMENTS, st.lists(st.timedeltas(timedelta(0), timedelta(40)), min_size=2, max_size=2))
def test_two_stretches_sum_to_the_whole(
    calendar: OpenHours, start: datetime, stretches: list[timedelta]
) -> None:
    middle, end = start + stretches[0], start + stretches[0] + stretches[1]
    whole = worked(start, end, calendar)
    assert whole == pytest.approx(worked(start, middle, calendar) + worked(middle, end, calendar))
    assert 0 <= whole <= worked(start, end)
