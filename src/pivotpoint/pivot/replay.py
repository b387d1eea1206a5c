"""What rules would have done: shown before they are saved. Asks the roll-ups, never a message."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Case, QuerySet

from pivotpoint.insights.models import Backing, Insight
from pivotpoint.lib import clock
from pivotpoint.lib.among import among
from pivotpoint.pivot.conditions import check, first_rule, switchable
from pivotpoint.pivot.conditions.asked import Meanings
from pivotpoint.pivot.conditions.match import first_of
from pivotpoint.pivot.models import Pivot, Rule
from pivotpoint.pivot.near import Near, nearness

EXAMPLES = 5
SHIFT = 40
"""Bits for a customer's id, beside a label."""
Pairs = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]


@dataclass(frozen=True)
class Some:
    """So many insights, with so many different people behind them."""

    insights: int
    people: int


@dataclass(frozen=True)
class Replay:
    """`caught` in all. Of these, other pivots take some today.

    `by_rule`: what each rule takes that no rule before it took; None for a rule that keeps out.
    `taken_from`: what a later pivot would lose. `kept_by`: what an earlier pivot keeps.
    `uncovered`: insights of the same days that no pivot would take, this one included.
    `near`: of each meaning, what is just like enough and what just not.
    """

    days: int
    caught: Some
    by_rule: list[Some | None]
    taken_from: dict[Pivot, Some]
    kept_by: dict[Pivot, Some]
    uncovered: Some
    examples: list[Insight]
    uncovered_examples: list[Insight]
    near: list[Near]


def replay(
    subject: Pivot | Iterable[Rule | Mapping[str, Any]],
    days: int = 90,
    *,
    position: int | None = None,
    instead_of: Pivot | None = None,
) -> Replay:
    """Try a pivot's rules, or draft rules; ConditionError when one is wrong.

    Drafts stand at `position` (last when not said), or take the place of the rules of `instead_of`.
    """
    drafts = None if isinstance(subject, Pivot) else subject
    pivot = subject if isinstance(subject, Pivot) else instead_of
    rules = check(drafts if drafts is not None else pivot.rules.all())  # type: ignore[union-attr]
    place = (pivot.position, pivot.name) if pivot else None if position is None else (position, "")
    others = Pivot.objects.live().order_by("position", "name").prefetch_related("rules")
    pivots = list(others.exclude(pk=pivot.pk) if pivot else others)
    lately = switchable().filter(theme__last_at__gte=clock.now() - timedelta(days=days))
    meanings = Meanings(rules, lately)
    mine = first_of(rules, meanings)
    found = _found(lately, mine, pivots)
    earlier = {p.pk for p in pivots if place is None or (p.position, p.name) < place}
    caught = [pk for pk, (rule, _) in found.items() if rule is not None]
    free = [pk for pk, (rule, taker) in found.items() if rule is None and not taker]
    behind = _behind(caught)
    takers = _people_by({pk: taker for pk in caught if (taker := found[pk][1])}, behind)
    by_rule = _people_by({pk: rule for pk in caught if (rule := found[pk][0]) is not None}, behind)
    nothing = Some(0, 0)
    return Replay(
        days=days,
        caught=_people_by(dict.fromkeys(caught, 0), behind).get(0, nothing),
        by_rule=[None if rule.excludes else by_rule.get(n, nothing) for n, rule in enumerate(rules)],
        taken_from={p: takers[p.pk] for p in pivots if p.pk in takers and p.pk not in earlier},
        kept_by={p: takers[p.pk] for p in pivots if p.pk in takers and p.pk in earlier},
        uncovered=Some(len(free), _people(free)),
        examples=_greatest(caught),
        uncovered_examples=_greatest(free),
        near=nearness(rules, meanings),
    )


def _found(
    lately: QuerySet[Insight], mine: Case, pivots: list[Pivot]
) -> dict[int, tuple[int | None, int | None]]:
    """By insight: which of the rules takes it (`mine`), and the pivot that takes it today. One query."""
    pivot_of = {rule.pk: pivot.pk for pivot in pivots for rule in pivot.rules.all()}
    asked = lately.order_by("pk").annotate(mine=mine, theirs=first_rule(pivots, lately))
    return {
        pk: (mine, pivot_of.get(theirs)) for pk, mine, theirs in asked.values_list("pk", "mine", "theirs")
    }


def _people(insights: Collection[int]) -> int:
    """Different people behind them."""
    rows = Backing.objects.filter(among("theme_id", insights)).order_by()
    return len(_different(_numbers(rows.values_list("customer_id"))))


def _behind(insights: Collection[int]) -> Pairs:
    """Who stands behind these insights: ids of insights, and of as many customers. One query."""
    rows = Backing.objects.filter(among("theme_id", insights)).order_by()
    flat = _numbers(rows.values_list("theme_id", "customer_id"))
    return flat[0::2], flat[1::2]


def _different(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Each value once, in order. Sorting numbers is several times as fast as numpy's own `unique`."""
    values = np.sort(values)
    return values[np.flatnonzero(np.diff(values, prepend=values[:1] - 1))]


def _numbers(rows: QuerySet[Any, Any]) -> np.ndarray[Any, Any]:
    """All values, row after row. Straight from the database: a million of them are no million objects of ours."""
    sql, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return np.fromiter(chain.from_iterable(cursor.fetchall()), dtype=np.int64)


def _people_by(label: Mapping[int, int], behind: Pairs) -> dict[int, Some]:
    """Insights by label: how many of each, and how many different people."""
    if not label:
        return {}
    ids = np.array(sorted(label), dtype=np.int64)
    keys = np.array([label[pk] for pk in ids.tolist()], dtype=np.int64)
    insights, customers = behind
    at = np.minimum(np.searchsorted(ids, insights), len(ids) - 1)
    known = ids[at] == insights
    pairs = _different((keys[at[known]] << SHIFT) + customers[known]) >> SHIFT
    people = dict(zip(*(each.tolist() for each in np.unique(pairs, return_counts=True)), strict=True))
    return {
        key: Some(n, people.get(key, 0))
        for key, n in zip(*(each.tolist() for each in np.unique(keys, return_counts=True)), strict=True)
    }


def _greatest(insights: Collection[int]) -> list[Insight]:
    rows = Insight.objects.filter(among("pk", insights)).select_related("theme")
    return list(rows.order_by("-theme__people", "pk")[:EXAMPLES])
