"""What rises at this moment: the last day, the last days and the last hours of every theme in one judgement.

Each theme's chance is the least of its windows', after each has had its share of the false alarms; then all themes are
judged together (`alerts.false_share`), so that among a thousand themes no chance is taken for news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.base import IntArray
from textanalytics.rising import surges
from textanalytics.rising.alerts import FALSE_SHARE, PART_OF_THEMES, false_share
from textanalytics.trends import (
    PART_OF_DAY,
    PART_OF_WINDOW,
    WEEK,
    WINDOWS,
    Expected,
    Table,
    chance_of,
    expect,
    known,
    onsets,
    unusual,
)

PART_OF_DAYS, PART_OF_HOURS = 0.7, 0.3
"""How the chance of a false alarm is divided between looking at days and looking at hours."""

SIGNIFICANT_DAY = 1e-3
"""Of a day. Twice what an onset needs, for here `false_share` has its say too."""

SIGNIFICANT_HOURS = 5e-3
"""Of a surge, over all windows and looks of a day."""

TEACHES = 10.0
"""After each false alarm of a theme, a rise of it has to be so many times less likely."""


@dataclass(frozen=True)
class Hours:
    """Different people in `surges.WINDOWS`: (themes, windows), of everybody (windows,), and the theme's habit."""

    people: IntArray
    everyone: IntArray
    habit: Table


def no_hours(themes: int) -> Hours:
    """Where days alone are known."""
    windows = len(surges.WINDOWS)
    quiet = np.zeros((themes, windows), np.int64)
    return Hours(quiet, np.zeros(windows, np.int64), np.ones((themes, windows)))


@dataclass(frozen=True)
class Rise:
    """Theme `index` rises: `people` within `hours`, where `expected` were usual. `day` is the index of the day on which
    it began; `chance` and `false_share` say how sure."""

    index: int
    day: int
    hours: int
    people: int
    expected: float
    chance: float
    false_share: float


def rises(
    people: IntArray,
    everyone: IntArray,
    hours: Hours,
    *,
    tested: int,
    false_before: Sequence[int],
    part: float = PART_OF_THEMES,
    significant: float = SIGNIFICANT_DAY,
) -> list[Rise]:
    """Of (themes, days) counts whose last day is today. `tested` themes were looked at in all: those that nobody spoke
    of today count too. `false_before` (themes,) is how often people said that an alert of the theme was false.
    `part` of the false alarms of a look may be among these; a day is one only if it is as unlikely as `significant`.

    >>> days = np.array([[0] * 30 + [9]])
    >>> quiet = Hours(np.zeros((1, 3), np.int64), np.zeros(3, np.int64), np.ones((1, 3)))
    >>> [(r.day, r.hours, r.people) for r in rises(days, np.full(31, 20), quiet, tested=5, false_before=[0])]
    [(30, 24, 9)]
    """
    counts, total = np.asarray(people, np.float64), np.asarray(everyone, np.float64)
    if not len(counts):
        return []
    model = expect(counts, total)
    alarm, day_chance = unusual(people, everyone, significant)
    windows = _windows(counts, total, model, hours)
    surge = windows.chance[:, DAYS:].min(axis=1)
    chance = np.minimum(1.0, np.minimum(day_chance[:, -1] / PART_OF_DAYS, surge / PART_OF_HOURS))
    shares = false_share(chance, tested)
    bar = TEACHES ** -np.asarray(false_before, np.float64)
    by_day = (alarm[:, -1] > 0) & (day_chance[:, -1] <= significant / PART_OF_DAY * bar)
    by_hour = surge < SIGNIFICANT_HOURS * bar
    found = np.flatnonzero((by_day | by_hour) & (shares <= FALSE_SHARE * part))
    begun = [one.index if one else len(total) - 1 for one in onsets(people[found], everyone, significant)]
    return [
        _rise(i, day if by_day[i] else len(total) - 1, windows, float(chance[i]), float(shares[i]))
        for i, day in zip(found.tolist(), begun, strict=True)
    ]


def least_chance(significant: float) -> float:
    """The `Rise.chance` of a day that is just as unlikely as `significant`."""
    return significant / PART_OF_DAY / PART_OF_DAYS


DAYS = 1 + len(WINDOWS)
"""Windows of days; those of hours stand behind them."""


@dataclass(frozen=True)
class _Windows:
    """(themes, windows) of the windows that end now, and how many hours each is."""

    hours: Sequence[int]
    people: Table
    expected: Table
    chance: Table


def _rise(i: int, day: int, windows: _Windows, chance: float, share: float) -> Rise:
    at = int(windows.chance[i].argmin())
    expected = round(float(windows.expected[i, at]), 2)
    return Rise(i, day, windows.hours[at], int(windows.people[i, at]), expected, chance, share)


def _windows(counts: Table, total: Table, model: Expected, hours: Hours) -> _Windows:
    days = [_days(counts, total, model, days) for days in (1, *WINDOWS)]
    share = model.rate[:, -1] * model.weekday[:, -1]
    surge = surges.surging(
        hours.people,
        hours.everyone,
        hours.habit,
        share=share,
        dispersion=model.dispersion[:, -1],
        before=int(total[:-1].sum()),
    )
    usual = share[:, None] * np.asarray(hours.everyone, np.float64)[None, :] * hours.habit
    return _Windows(
        [24, *(24 * days for days in WINDOWS), *surges.WINDOWS],
        np.hstack([np.stack([one[0] for one in days], axis=1), hours.people]),
        np.hstack([np.stack([one[1] for one in days], axis=1), usual]),
        np.hstack([np.stack([one[2] for one in days], axis=1) / PART_OF_DAYS, surge / PART_OF_HOURS]),
    )


def _days(counts: Table, total: Table, model: Expected, days: int) -> tuple[Table, Table, Table]:
    """(themes,) people in the last `days`, how many were expected before them, and the chance of as many."""
    if counts.shape[1] < days or not known(total, days)[-days]:
        return counts[:, -1] * 0, counts[:, -1] * 0, counts[:, -1] * 0 + 1
    weekday = model.weekday[:, -days:] if days % WEEK else 1
    people = counts[:, -days:].sum(axis=1)
    expected = model.rate[:, -days] * (total[-days:] * weekday * np.ones(days)).sum(axis=-1)
    part = PART_OF_DAY if days == 1 else PART_OF_WINDOW
    return people, expected, chance_of(people, expected, model.dispersion[:, -days]) / part
