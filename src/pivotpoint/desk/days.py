"""People day by day, from the kept roll-ups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta

from django.db.models import Count

from pivotpoint.insights.models import Backing, ThemeDay
from pivotpoint.lib import clock

LATELY = 7
"""Days that a speed looks at."""
QUICK = 20_000
"""Newcomers are counted one by one; beyond so many people a list leaves the figure to the insight's own page."""


def daily(theme_ids: Collection[int], days: int = 28) -> dict[int, list[int]]:
    """Different people on each of the last `days`, today last; one query."""
    first = clock.today() - timedelta(days=days - 1)
    found: dict[int, list[int]] = defaultdict(lambda: [0] * days)
    rows = ThemeDay.objects.filter(theme__in=theme_ids, day__gte=first, day__lte=clock.today())
    for theme, day, people in rows.values_list("theme_id", "day", "people"):
        found[theme][(day - first).days] = people
    return {theme: found[theme] for theme in theme_ids}


def newcomers(people: dict[int, int], days: int = LATELY) -> dict[int, int]:
    """Who joined each theme in the last `days`; `people` is how many stand behind each. Empty when that is not quick."""
    if sum(people.values()) > QUICK:
        return {}
    rows = Backing.objects.filter(theme__in=people, first_at__gte=clock.now() - timedelta(days=days))
    counted = rows.order_by().values("theme").annotate(new=Count("customer"))
    return dict(counted.values_list("theme", "new"))
