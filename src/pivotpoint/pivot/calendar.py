"""Arithmetic of business hours: when a number of them have passed, and how many lie between two moments. No
database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 24 * 60
HOUR = timedelta(hours=1)

Shift = tuple[int, int]
"""Opens and closes, in minutes after midnight; a shift that closes after 1440 goes on into the next day."""


@dataclass(frozen=True, slots=True)
class OpenHours:
    """Seven days of shifts, Monday first, in one time zone. A shift belongs to the day on which it opens, so a holiday
    takes the night shift that begins on it and leaves the one that came before it.

    ValueError when no day has a shift: nothing would ever be due.
    """

    zone: ZoneInfo
    week: tuple[tuple[Shift, ...], ...]
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise ValueError("A calendar needs seven days, and hours on one of them at least.")

    def spans(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Endless iterator over open spans (start, end) in UTC that end after `since`, in order and without
        overlap."""
        day, last = since.astimezone(self.zone).date() - timedelta(days=1), since
        while True:
            for opens, closes in self.week[day.weekday()] if day not in self.holidays else ():
                # Where the clock goes forward over an edge, the span is cut; it is never turned around.
                begin, end = max(self._moment(day, opens), last), self._moment(day, closes)
                if end > begin:
                    yield begin, end
                    last = end
            day += timedelta(days=1)

    def _moment(self, day: date, minutes: int) -> datetime:
        """The wall clock's minute in UTC; the first of the two when the clock goes back over it."""
        days, left = divmod(minutes, DAY)
        wall = datetime.combine(day + timedelta(days=days), time(left // 60, left % 60), self.zone)
        return wall.astimezone(UTC)


def due(start: datetime, hours: float, calendar: OpenHours | None = None) -> datetime:
    """The moment at which `hours` have passed since `start`: open hours of the calendar, or all hours without one.

    Hours that end exactly at closing time end then, not at the next opening.
    """
    left = timedelta(hours=hours)
    if left < timedelta(0):
        raise ValueError("Hours cannot be fewer than none.")
    if calendar is None or not left:
        return start + left
    for begin, end in calendar.spans(start):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    raise AssertionError("spans have no end")


def worked(start: datetime, end: datetime, calendar: OpenHours | None = None) -> float:
    """Open hours between two moments, 0 when `end` comes first. worked(start, due(start, h)) is h."""
    if end <= start:
        return 0.0
    if calendar is None:
        return (end - start) / HOUR
    total = timedelta(0)
    for begin, close in calendar.spans(start):
        if begin >= end:
            break
        total += min(close, end) - begin
    return total / HOUR
