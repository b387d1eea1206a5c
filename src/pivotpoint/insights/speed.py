"""How fast a theme grows, and since when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import Sum

from pivotpoint.insights.models import ThemeDay
from textanalytics.base import IntArray
from textanalytics.trends import AFTER, Onset, onsets

LOOK_BACK = 365
"""Days before the last one heard that are looked at."""


@dataclass(frozen=True)
class Speed:
    """Different people a day before and since the onset; without an onset, over all days since the first."""

    onset: date | None = None
    before: float = 0.0
    since: float = 0.0


@dataclass(frozen=True)
class Table:
    """Different people: `people` (themes, days) in the order of `themes`, `everyone` (days,)."""

    first: date
    themes: list[int]
    people: IntArray
    everyone: IntArray


def everybody(since: date | None = None) -> dict[date, int]:
    """People on each day that had any; a person behind two themes counts twice."""
    rows = ThemeDay.objects.filter(day__gte=since) if since else ThemeDay.objects.all()
    return dict(rows.order_by("day").values_list("day").annotate(Sum("people")))


def table(themes: Collection[int], heard: Mapping[date, int], first: date, last: date) -> Table:
    """Load the daily roll-ups of these themes: one query."""
    days = (last - first).days + 1
    place = {theme: i for i, theme in enumerate(themes)}
    people = np.zeros((len(place), days), np.int64)
    rows = ThemeDay.objects.filter(theme__in=place, day__gte=first, day__lte=last)
    for theme, day, count in rows.values_list("theme_id", "day", "people"):
        people[place[theme], (day - first).days] = count
    everyone = np.array([heard.get(first + timedelta(days=i), 0) for i in range(days)], np.int64)
    return Table(first, list(place), people, everyone)


def speeds(themes: Collection[int]) -> dict[int, Speed]:
    """The speed of each theme: two queries."""
    if not themes:
        return {}
    heard = everybody()
    if not heard:
        return {}
    first = max(min(heard), max(heard) - timedelta(days=LOOK_BACK - 1))
    found = table(themes, heard, first, max(heard))
    begun = onsets(found.people, found.everyone)
    return {
        theme: _speed(people, onset, first)
        for theme, people, onset in zip(found.themes, found.people, begun, strict=True)
    }


def _speed(people: IntArray, found: Onset | None, first: date) -> Speed:
    heard = np.flatnonzero(people)
    if not len(heard):
        return Speed()
    if found is None or found.days < AFTER:  # What was over within days is an alert's, and no speed.
        rate = float(people[heard[0] :].sum()) / (len(people) - int(heard[0]))
        return Speed(None, round(rate, 3), round(rate, 3))
    return Speed(first + timedelta(days=found.index), round(found.before, 3), round(found.after, 3))
