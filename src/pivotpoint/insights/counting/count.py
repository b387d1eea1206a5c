"""Count people: each theme's roll-ups from its memberships, set-based.

Always from the memberships, never by adding up, so that a count after a merge, an erasure or an undo is the count that
a full recomputation gives. While an import runs, a theme is counted again only once it has doubled, a large one once it
has four times as many: counting a million messages then costs a pass and a third over them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, Sum

from pivotpoint.insights.counting.climb import climb
from pivotpoint.insights.counting.parts import count_parts
from pivotpoint.insights.counting.shares import count_shares
from pivotpoint.insights.grave import judge_grave
from pivotpoint.insights.models import Backing, IndexState, MicroCluster, Theme, ThemeChannel, ThemeDay
from pivotpoint.insights.naming.titles import name_grown
from pivotpoint.insights.wider.count import count_wider_due, note
from pivotpoint.lib import clock
from pivotpoint.lib.among import among
from textanalytics.duplicates import Marks, fewer

AT_ONCE, TOGETHER = 200, 100_000
"""Themes that are counted in one transaction, and their messages: these are in memory meanwhile."""
SMALL, GROWN = 1_000, 3
"""Messages of a theme that is counted whenever as many have come as it had, and how many times as many of a larger one:
people watch the small ones climb."""
PACE = 3_000
"""A theme of SMALL messages or more that has not grown by a hundredth rests between two counts, a second for each so many
messages of the whole history: one more voice changes nothing there that is urgent, and if somebody speaks up in every theme,
counting them all takes about a tenth of the worker's time, however long the history is."""

MANY = 5_000
"""Messages from which on the facts are set beside each other once, before they are counted in four ways: finding them
in their places is then most of the work."""

FACTS = """SELECT c.theme_id, m.customer_id, m.channel_id, m.day, m.said_at, m.negative, m.actionable, m.function,
        m.intent, m.copy_mark, m.near_first, m.near_middle, m.near_last
    FROM insights_membership m JOIN insights_microcluster c ON c.id = m.cluster_id
    WHERE c.theme_id IN ({themes})
    UNION ALL SELECT c.theme_id, m.customer_id, m.channel_id, m.day, m.said_at, x.negative, x.actionable, x.function,
        '', m.copy_mark, m.near_first, m.near_middle, m.near_last
    FROM insights_matter x JOIN insights_microcluster c ON c.id = x.cluster_id
    JOIN insights_membership m ON m.message_id = x.membership_id
    JOIN insights_microcluster o ON o.id = m.cluster_id
    WHERE c.theme_id IN ({themes}) AND (o.theme_id IS NULL OR o.theme_id <> c.theme_id)"""
"""Each message where it belongs, and where another of its matters does (`matters`), unless both have become one theme."""
NEGATIVE = "sum(CASE WHEN negative THEN 1 ELSE 0 END)"
ACTIONABLE = "sum(CASE WHEN actionable THEN 1 ELSE 0 END)"
# Constants of this file are put together here; ids are bound.
BACKINGS = f"""INSERT INTO insights_backing (theme_id, customer_id, first_at, last_at, messages, negative)
    SELECT theme_id, customer_id, min(said_at), max(said_at), count(*), {NEGATIVE}
    FROM {{facts}} GROUP BY theme_id, customer_id"""  # noqa: S608
DAYS = f"""INSERT INTO insights_themeday (theme_id, day, people, messages, negative)
    SELECT theme_id, day, count(DISTINCT customer_id), count(*), {NEGATIVE}
    FROM {{facts}} GROUP BY theme_id, day"""  # noqa: S608
CHANNELS = """INSERT INTO insights_themechannel (theme_id, channel_id, people, messages)
    SELECT theme_id, channel_id, count(DISTINCT customer_id), count(*)
    FROM {facts} GROUP BY theme_id, channel_id"""
KINDS = f"""SELECT theme_id, function, intent, count(*), {ACTIONABLE}
    FROM {{facts}} GROUP BY theme_id, function, intent"""  # noqa: S608

MARKED = "SELECT theme_id, customer_id, copy_mark, near_first, near_middle, near_last FROM {facts} WHERE copy_mark <> 0"
SHARED = f"""WITH said AS MATERIALIZED ({MARKED}), marks AS (
        SELECT theme_id, customer_id, copy_mark AS mark FROM said
        UNION ALL SELECT theme_id, customer_id, near_first FROM said WHERE near_first <> 0
        UNION ALL SELECT theme_id, customer_id, near_middle FROM said WHERE near_middle <> 0
        UNION ALL SELECT theme_id, customer_id, near_last FROM said WHERE near_last <> 0
    )
    SELECT theme_id, mark FROM marks GROUP BY theme_id, mark HAVING count(DISTINCT customer_id) > 1"""  # noqa: S608


def count_due(*, busy: bool) -> int:
    """Count the themes that have changed; while more messages wait (`busy`), only those that have grown much."""
    due = Theme.objects.filter(uncounted__gt=0)
    if busy:
        small = Q(messages__lt=SMALL, uncounted__gte=F("messages"))
        due = due.filter(small | Q(uncounted__gte=GROWN * F("messages")))
    else:
        grown = Q(messages__lt=SMALL) | Q(uncounted__gte=F("messages") / 100)
        due = due.filter(grown | Q(counted_at=None) | Q(counted_at__lt=clock.now() - _rest()))
    themes = list(due.order_by("pk").values_list("pk", flat=True))
    recount(themes, rename=not busy)
    if not busy:
        count_wider_due()
    return len(themes)


def _rest() -> timedelta:
    return timedelta(seconds=sum(IndexState.objects.values_list("gathered", flat=True)) / PACE)


def recount(
    themes: Collection[int], *, rename: bool = True, title: Callable[[], object] | None = None
) -> None:
    """Count these themes from their memberships, and record which rungs were climbed or lost.

    With `rename`, young themes that have doubled get a title from their new words. `title` is called before the first of
    them are committed, because whoever is told wants to know what it is about; and last, because it may have to wait.
    """
    for some in _portions(sorted(themes)):
        with transaction.atomic():
            list(Theme.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))
            with _facts(some) as facts:
                _roll_up(some, facts)
                functions, intents = _kinds(some, facts)
                copied = _copied(facts)
            climb(some, functions, intents, copied)
            count_shares(some)
            count_parts(some)
            judge_grave(some)
            note(some, count=rename)
            if title is not None:
                title()
    if rename:
        name_grown(themes)


def recount_all() -> None:
    """Recount all themes. Gives the same as the stored counts, if all is well (law 4)."""
    recount(list(Theme.objects.values_list("pk", flat=True)))


def _portions(themes: list[int]) -> Iterator[list[int]]:
    """A theme of more than TOGETHER messages is alone."""
    clusters = MicroCluster.objects.filter(among("theme", themes)).order_by()
    sizes: dict[int, int] = dict(clusters.values_list("theme").annotate(Sum("count")))
    some: list[int] = []
    messages = 0
    for theme in themes:
        messages += sizes.get(theme, 0)
        if some and (len(some) == AT_ONCE or messages > TOGETHER):
            yield some
            some, messages = [], sizes.get(theme, 0)
        some.append(theme)
    if some:
        yield some


@dataclass(frozen=True)
class _Facts:
    """Where the themes' memberships are found: what stands behind FROM, and its parameters."""

    source: str
    parameters: list[int]

    def run(self, cursor: Any, sql: str) -> None:
        cursor.execute(sql.replace("{facts}", self.source), self.parameters)


@contextmanager
def _facts(themes: list[int]) -> Iterator[_Facts]:
    """The memberships in their places; of MANY, a copy that lasts for the counting."""
    query = FACTS.replace("{themes}", ", ".join(["%s"] * len(themes)))
    known = Theme.objects.filter(pk__in=themes).aggregate(many=Sum(F("messages") + F("uncounted")))["many"]
    if (known or 0) < MANY:
        yield _Facts(f"({query}) AS facts", themes * 2)
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE insights_facts AS {query}", themes * 2)
        yield _Facts("insights_facts", [])
        cursor.execute("DROP TABLE insights_facts")


def _roll_up(themes: list[int], facts: _Facts) -> None:
    for model, sql in ((Backing, BACKINGS), (ThemeDay, DAYS), (ThemeChannel, CHANNELS)):
        rows = model.objects.filter(theme__in=themes)  # type: ignore[attr-defined]
        rows._raw_delete(rows.db)
        with connection.cursor() as cursor:
            facts.run(cursor, sql)


def _kinds(
    themes: list[int], facts: _Facts
) -> tuple[dict[int, dict[str, tuple[int, int]]], dict[int, dict[str, int]]]:
    """Per theme and function: messages, and how many of them somebody could act on; per theme and intent: messages. A part of a
    message has no intent of its own."""
    functions: dict[int, dict[str, tuple[int, int]]] = {theme: {} for theme in themes}
    intents: dict[int, dict[str, int]] = {theme: {} for theme in themes}
    with connection.cursor() as cursor:
        facts.run(cursor, KINDS)
        for theme, function, intent, messages, actionable in sorted(cursor.fetchall()):
            said, to_act_on = functions[theme].get(function, (0, 0))
            functions[theme][function] = (said + messages, to_act_on + actionable)
            if intent:
                intents[theme][intent] = intents[theme].get(intent, 0) + messages
    return functions, intents


def _copied(facts: _Facts) -> dict[int, tuple[int, int]]:
    """Per theme with copies: people who sent nothing else, and texts that count for them (`duplicates.fewer`)."""
    with connection.cursor() as cursor:
        facts.run(cursor, SHARED)
        shared = set(cursor.fetchall())
        if not shared:
            return {}
        facts.run(cursor, MARKED)
        rows: dict[int, list[tuple[int, Marks]]] = {theme: [] for theme, _ in shared}
        for theme, person, *own in cursor.fetchall():
            if any((theme, mark) in shared for mark in own):
                rows[theme].append((person, (own[0], own[1], own[2], own[3])))
    said: dict[int, dict[int, int]] = {theme: {} for theme in rows}
    backings = Backing.objects.filter(theme__in=rows)
    for theme, person, messages in backings.values_list("theme", "customer", "messages"):
        said[theme][person] = messages
    counted = {
        theme: fewer([person for person, _ in found], [marks for _, marks in found], said[theme])
        for theme, found in rows.items()
    }
    return {theme: found for theme, found in counted.items() if found[0]}
