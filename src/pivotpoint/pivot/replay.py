"""Replay rules on the past before they are saved. Reads the roll-ups, never a message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from django.db.models import Case, Q, QuerySet

from pivotpoint.insights.models import Backing, Insight
from pivotpoint.lib import clock
from pivotpoint.lib.among import among
from pivotpoint.lib.columns import Column, columns
from pivotpoint.pivot.conditions import check, first_rule, switchable
from pivotpoint.pivot.conditions.asked import Meanings
from pivotpoint.pivot.conditions.match import first_of
from pivotpoint.pivot.models import Pivot, Rule
from pivotpoint.pivot.near import Near, nearness

EXAMPLES = 5
SHIFT = 40
"""Bits for a customer's id, beside a label."""
NOTHING = -1
"""No rule, no pivot."""
Pairs = tuple[Column, Column]


@dataclass(frozen=True)
class Some:
    """A number of insights, and of different people behind them."""

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

    Drafts stand at `position` (last when not said), or take the place of the rules of `instead_of`, which `position`
    may move.
    """
    drafts = None if isinstance(subject, Pivot) else subject
    pivot = subject if isinstance(subject, Pivot) else instead_of
    rules = check(drafts if drafts is not None else pivot.rules.all())  # type: ignore[union-attr]
    place = _place(pivot, position)
    others = Pivot.objects.live().order_by("position", "name").prefetch_related("rules")
    pivots = list(others.exclude(pk=pivot.pk) if pivot else others)
    lately = _lately(days)
    meanings = Meanings(rules, lately)
    mine = first_of(rules, meanings)
    ids, rule, taker = _found(lately, mine, pivots)
    earlier = {p.pk for p in pivots if place is None or (p.position, p.name) < place}
    is_mine = rule != NOTHING
    caught, free = ids[is_mine], ids[~is_mine & (taker == NOTHING)]
    behind = _behind(caught)
    takers = _people_by(caught, taker[is_mine], behind)
    by_rule = _people_by(caught, rule[is_mine], behind)
    nothing = Some(0, 0)
    return Replay(
        days=days,
        caught=_people_by(caught, np.zeros_like(caught), behind).get(0, nothing),
        by_rule=[None if rule.excludes else by_rule.get(n, nothing) for n, rule in enumerate(rules)],
        taken_from={p: takers[p.pk] for p in pivots if p.pk in takers and p.pk not in earlier},
        kept_by={p: takers[p.pk] for p in pivots if p.pk in takers and p.pk in earlier},
        uncovered=Some(len(free), _people(free)),
        examples=_greatest(caught),
        uncovered_examples=_greatest(free),
        near=nearness(rules, meanings),
    )


def _lately(days: int) -> QuerySet[Insight]:
    """What was said in these days, or became an insight in them: an import of old words is switched now."""
    since = clock.now() - timedelta(days=days)
    return switchable().filter(Q(theme__last_at__gte=since) | Q(opened_at__gte=since))


def _place(pivot: Pivot | None, position: int | None) -> tuple[int, str] | None:
    """Where it stands among the pivots; None is behind all of them."""
    if pivot is not None:
        return (pivot.position if position is None else position, pivot.name)
    return None if position is None else (position, "")


def _found(lately: QuerySet[Insight], mine: Case, pivots: list[Pivot]) -> tuple[Column, Column, Column]:
    """Insights in order, which of the rules takes each (`mine`), and the pivot that takes it today. One query."""
    asked = lately.annotate(mine=mine, theirs=first_rule(pivots, lately)).values_list("pk", "mine", "theirs")
    ids, rule, theirs = columns(asked, 3)
    pivot_of = {rule.pk: pivot.pk for pivot in pivots for rule in pivot.rules.all()}
    known, at = np.unique(theirs, return_inverse=True)
    taker = np.array([pivot_of.get(pk, NOTHING) for pk in known.tolist()], dtype=np.int64)[at]
    order = np.argsort(ids, kind="stable")
    return ids[order], rule[order], taker[order]


def _people(insights: Column) -> int:
    """Different people behind them."""
    rows = Backing.objects.filter(among("theme_id", insights.tolist()))
    return len(_different(columns(rows.values_list("customer_id"), 1)[0]))


def _behind(insights: Column) -> Pairs:
    """Who stands behind these insights: ids of insights, and of as many customers. One query."""
    rows = Backing.objects.filter(among("theme_id", insights.tolist()))
    themes, customers = columns(rows.values_list("theme_id", "customer_id"), 2)
    return themes, customers


def _different(values: Column) -> Column:
    """Each value once, in order. Sorting numbers is several times as fast as numpy's own `unique`."""
    values = np.sort(values)
    return values[np.flatnonzero(np.diff(values, prepend=values[:1] - 1))]


def _people_by(insights: Column, label: Column, behind: Pairs) -> dict[int, Some]:
    """Insights, in order, by their label: how many of each, and how many different people."""
    insights, label = insights[label != NOTHING], label[label != NOTHING]
    if not len(insights):
        return {}
    themes, customers = behind
    at = np.minimum(np.searchsorted(insights, themes), len(insights) - 1)
    known = insights[at] == themes
    pairs = _different((label[at[known]] << SHIFT) + customers[known]) >> SHIFT
    people = dict(zip(*(each.tolist() for each in np.unique(pairs, return_counts=True)), strict=True))
    return {
        key: Some(n, people.get(key, 0))
        for key, n in zip(*(each.tolist() for each in np.unique(label, return_counts=True)), strict=True)
    }


def _greatest(insights: Column) -> list[Insight]:
    rows = Insight.objects.filter(among("pk", insights.tolist())).select_related("theme")
    return list(rows.order_by("-theme__people", "pk")[:EXAMPLES])
