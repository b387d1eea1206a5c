"""Count people: each theme's roll-ups from its memberships, set-based.

Always from the memberships, never by adding up, so that a count after a merge, an erasure or an undo is the count that
a full recomputation gives. While an import runs, a theme is counted again only once it has doubled: counting a
million messages then costs two passes over them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Q

from pivotpoint.insights.climb import climb
from pivotpoint.insights.models import Backing, Theme, ThemeChannel, ThemeDay
from pivotpoint.insights.naming import name_grown
from pivotpoint.insights.shares import count_shares
from pivotpoint.lib import clock

AT_ONCE = 200
LARGE, REST = 50_000, timedelta(seconds=60)
"""A theme with more messages rests between two counts: one more voice changes nothing there that is urgent."""

OF = """FROM insights_membership m JOIN insights_microcluster c ON c.id = m.cluster_id
        WHERE c.theme_id IN ({themes})"""
NEGATIVE = "sum(CASE WHEN m.negative THEN 1 ELSE 0 END)"
ACTIONABLE = "sum(CASE WHEN m.actionable THEN 1 ELSE 0 END)"
BACKINGS = f"""INSERT INTO insights_backing (theme_id, customer_id, first_at, last_at, messages, negative)
    SELECT c.theme_id, m.customer_id, min(m.said_at), max(m.said_at), count(*), {NEGATIVE}
    {OF} GROUP BY c.theme_id, m.customer_id"""
DAYS = f"""INSERT INTO insights_themeday (theme_id, day, people, messages, negative)
    SELECT c.theme_id, m.day, count(DISTINCT m.customer_id), count(*), {NEGATIVE}
    {OF} GROUP BY c.theme_id, m.day"""
CHANNELS = f"""INSERT INTO insights_themechannel (theme_id, channel_id, people, messages)
    SELECT c.theme_id, m.channel_id, count(DISTINCT m.customer_id), count(*)
    {OF} GROUP BY c.theme_id, m.channel_id"""
FUNCTIONS = f"""SELECT c.theme_id, m.function, count(*), {ACTIONABLE} {OF} GROUP BY c.theme_id, m.function"""


def count_due(*, busy: bool) -> int:
    """Count the themes with news; while more messages wait (`busy`), only those that have doubled."""
    due = Theme.objects.filter(uncounted__gt=0)
    if busy:
        due = due.filter(uncounted__gte=F("messages"))
    else:
        rested = Q(messages__lt=LARGE) | Q(uncounted__gte=F("messages") / 100)
        due = due.filter(rested | Q(counted_at=None) | Q(counted_at__lt=clock.now() - REST))
    themes = list(due.order_by("pk").values_list("pk", flat=True))
    recount(themes, rename=not busy)
    return len(themes)


def recount(themes: Collection[int], *, rename: bool = True) -> None:
    """Count these themes from their memberships, and record which rungs were climbed or lost.

    With `rename`, young themes that have doubled get a title from their new words.
    """
    for some in _portions(sorted(themes)):
        with transaction.atomic():
            list(Theme.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))
            _roll_up(some)
            climb(some, _functions(some))
            count_shares(some)
    if rename:
        name_grown(themes)


def recount_all() -> None:
    """Everything again; the same as what is kept, if all is well (law 4)."""
    recount(list(Theme.objects.values_list("pk", flat=True)))


def _portions(themes: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(themes), AT_ONCE):
        yield themes[start : start + AT_ONCE]


def _roll_up(themes: list[int]) -> None:
    for model, sql in ((Backing, BACKINGS), (ThemeDay, DAYS), (ThemeChannel, CHANNELS)):
        rows = model.objects.filter(theme__in=themes)  # type: ignore[attr-defined]
        rows._raw_delete(rows.db)
        with connection.cursor() as cursor:
            cursor.execute(_for(sql, themes), themes)


def _functions(themes: list[int]) -> dict[int, dict[str, tuple[int, int]]]:
    """Per theme and function: messages, and how many of them somebody could act on."""
    found: dict[int, dict[str, tuple[int, int]]] = {theme: {} for theme in themes}
    with connection.cursor() as cursor:
        cursor.execute(_for(FUNCTIONS, themes), themes)
        for theme, function, messages, actionable in cursor.fetchall():
            found[theme][function] = (messages, actionable)
    return found


def _for(sql: str, themes: list[int]) -> str:
    return sql.replace("{themes}", ", ".join(["%s"] * len(themes)))
