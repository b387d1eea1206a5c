"""How fast a theme grows, and since when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import Sum

from pivotpoint.insights.models import ThemeDay
from textanalytics.base import IntArray
from textanalytics.trends import Onset, onsets

LOOK_BACK = 365
"""Days before the last one heard that are looked at."""


@dataclass(frozen=True)
class Speed:
    """Different people a day before and since the onset; without an onset, over all days since the first."""

    onset: date | None = None
    before: float = 0.0
    since: float = 0.0


def speeds(themes: Collection[int]) -> dict[int, Speed]:
    """The speed of each theme, from the daily roll-ups: two queries."""
    if not themes:
        return {}
    everyone = dict(ThemeDay.objects.order_by("day").values_list("day").annotate(Sum("people")))
    if not everyone:
        return {}
    last = max(everyone)
    first = max(min(everyone), last - timedelta(days=LOOK_BACK - 1))
    days = (last - first).days + 1
    place = {theme: i for i, theme in enumerate(themes)}
    people = np.zeros((len(place), days), np.int64)
    rows = ThemeDay.objects.filter(theme__in=place, day__gte=first).values_list("theme_id", "day", "people")
    for theme, day, count in rows:
        people[place[theme], (day - first).days] = count
    total = np.array([everyone.get(first + timedelta(days=i), 0) for i in range(days)], np.int64)
    found = onsets(people, total)
    return {theme: _speed(people[i], found[i], first) for theme, i in place.items()}


def _speed(people: IntArray, found: Onset | None, first: date) -> Speed:
    heard = np.flatnonzero(people)
    if not len(heard):
        return Speed()
    if found is None:
        rate = float(people[heard[0] :].sum()) / (len(people) - int(heard[0]))
        return Speed(None, round(rate, 3), round(rate, 3))
    return Speed(first + timedelta(days=found.index), round(found.before, 3), round(found.after, 3))
