"""The bars of an insight: different people a day, and where it began."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from pivotpoint.desk.days import LATELY
from pivotpoint.insights.models import Theme, ThemeDay
from pivotpoint.lib import clock

LEFT, WIDTH, BASE, TOP = 76.0, 720.0, 132.0, 40.0
"""The bars stand right of LEFT; the words of the grid lines left of it."""
ONSET_WORDS = 480
LEAST, MOST = 14, 60
"""Days shown."""


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    hot: bool
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Geometry for templates/desk/_chart.html; `lately`: people a day in the last seven; `label`: all in one sentence."""

    bars: list[Bar]
    lines: list[tuple[float, str]]
    ticks: list[tuple[float, str, str]]
    onset_x: float | None
    onset: date | None
    lately: float
    label: str

    @property
    def shade(self) -> float:
        """Width of the days since the onset."""
        return WIDTH - (self.onset_x or 0)

    @property
    def onset_end(self) -> bool:
        """The onset's words stand right of its line where there is room: a phone shows the end first."""
        return (self.onset_x or 0) > ONSET_WORDS

    @property
    def onset_text_x(self) -> float:
        return (self.onset_x or 0) + (-8 if self.onset_end else 8)


def days_chart(theme: Theme) -> Chart:
    """From a little before the beginning or the onset until today, or until it was said last where that is long ago; one
    query."""
    today, last, rose = clock.today(), _last(theme), theme.rose
    first = timezone.localdate(theme.first_at) if theme.first_at else last
    first = max(min(first, last - timedelta(days=LEAST - 1)), last - timedelta(days=MOST - 1))
    count = (last - first).days + 1
    rows = ThemeDay.objects.filter(theme=theme, day__gte=first, day__lte=last)
    people = dict(rows.values_list("day", "people"))
    top, step = max([2, *people.values()]), (WIDTH - LEFT) / count
    bars = []
    for i in range(count):
        day = first + timedelta(days=i)
        if number := people.get(day, 0):
            height = (BASE - TOP) * number / top
            hot = rose is not None and day >= rose
            x, width = LEFT + i * step + 0.15 * step, 0.7 * step
            bars.append(Bar(x, BASE - height, width, height, hot, f"{_day(day)}: {number}"))
    onset = rose if rose and rose >= first else None
    onset_x = LEFT + (onset - first).days * step if onset else None
    lately = sum(n for day, n in people.items() if day > today - timedelta(days=LATELY)) / LATELY
    end = "today" if last == today else _dated(last)
    words = _label(theme, first, end, onset)
    return Chart(bars, _lines(top), _ticks(first, count, step, onset, end), onset_x, onset, lately, words)


def _last(theme: Theme) -> date:
    """The last day shown. What nobody has said in all the days that fit ends where it was said last."""
    today = clock.today()
    said = timezone.localdate(theme.last_at) if theme.last_at else today
    return said if said <= today - timedelta(days=MOST) else today


def _lines(top: int) -> list[tuple[float, str]]:
    """Grid lines at the highest and half of it: y and words."""
    marks = {top, top // 2} - {0}
    return [
        (BASE - (BASE - TOP) * mark / top, f"{mark} people" if mark > 1 else "1 person") for mark in marks
    ]


def _ticks(
    first: date, count: int, step: float, onset: date | None, end: str
) -> list[tuple[float, str, str]]:
    """x, words, text anchor. The onset's own date takes the place of one that would touch it."""
    ticks = [(LEFT, _day(first), "start"), (WIDTH, end, "end")]
    places = [count // 3, 2 * count // 3]
    if onset:
        at = (onset - first).days
        places = [place for place in places if abs(place - at) * step > 60] + [at] * (
            60 < at * step < WIDTH - LEFT - 60
        )
    ticks += [(LEFT + place * step, _day(first + timedelta(days=place)), "middle") for place in places]
    return ticks


def _label(theme: Theme, first: date, end: str, onset: date | None) -> str:
    said = f"Different people a day from {_day(first)} to {end}"
    if not onset:
        return f"{said}; {theme.people} people in all"
    return f"{said}; it began on {_day(onset)}: {theme.rate_since:.1f} a day since, {theme.rate_before:.1f} before"


def _dated(day: date) -> str:
    return f"{_day(day)} {day.year}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
