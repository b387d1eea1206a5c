"""Which insights rules catch, and which pivot takes which insight: one query each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import BigIntegerField, Case, Q, QuerySet, Value, When

from pivotpoint.insights.models import Insight
from pivotpoint.pivot.conditions.asked import Meanings, asked
from pivotpoint.pivot.conditions.check import check
from pivotpoint.pivot.conditions.clause import Clause, clause, is_group
from pivotpoint.pivot.conditions.fields import FIELDS
from pivotpoint.pivot.models import Pivot, Rule

NOTHING = Q(pk__in=[])


def rule_q(rule: Clause, meanings: Meanings) -> Q:
    """All or any of its conditions and groups."""
    return _joined(rule.match, rule.conditions, meanings)


def _joined(match: str, conditions: list[dict[str, Any]], meanings: Meanings) -> Q:
    parts = [
        _joined(one["match"], one["conditions"], meanings)
        if is_group(one)
        else FIELDS[one["field"]].compile(asked(one, meanings))
        for one in conditions
    ]
    return reduce(and_ if match == Rule.Match.ALL else or_, parts)


def _any(clauses: Iterable[Clause], meanings: Meanings) -> Q:
    return reduce(or_, (rule_q(one, meanings) for one in clauses), NOTHING)


def rules_q(clauses: list[Clause], meanings: Meanings) -> Q:
    """Caught by a rule and by none that excludes; without a rule that catches, nothing."""
    caught = _any((one for one in clauses if not one.excludes), meanings)
    return caught & ~_any((one for one in clauses if one.excludes), meanings)


def switchable() -> QuerySet[Insight]:
    """Insights that may go through a pivot: alive, and meaning something."""
    return Insight.objects.live().filter(theme__vague=False)


def matching(rules: Iterable[Rule | Clause | Mapping[str, Any]]) -> QuerySet[Insight]:
    """The insights that a pivot with these rules would take if it stood alone; ConditionError when one is wrong."""
    clauses = check(rules)
    return switchable().filter(rules_q(clauses, Meanings(clauses, switchable())))


@dataclass(frozen=True)
class Ruled:
    """The rules of one pivot, what to answer for each, and which of them count (all) for which insights (all)."""

    clauses: list[Clause]
    answers: Sequence[int | None]
    counts: Callable[[Clause], bool] = lambda _: True
    among: Q | None = None


def first_of(clauses: list[Clause], meanings: Meanings) -> Case:
    """For each insight the place (from 0) of the first of one pivot's rules that takes it, or NULL."""
    return _first([Ruled(clauses, range(len(clauses)))], meanings)


def first_rule(pivots: Iterable[Pivot], insights: QuerySet[Insight]) -> Case:
    """For each of the insights the id of the first rule, by pivot and then by rule, that takes it; NULL when none does.

    Expects `pivots` in order with their rules prefetched. Stored rules were checked when they were saved.
    """
    return first([ruled(pivot) for pivot in pivots], insights)


def ruled(pivot: Pivot) -> Ruled:
    clauses = [clause(rule) for rule in pivot.rules.all()]
    return Ruled(clauses, [one.id for one in clauses])


def first(pivots: Sequence[Ruled], insights: QuerySet[Insight]) -> Case:
    """For each of the insights the answer of the first rule that counts and catches it, and that nothing excludes."""
    return _first(pivots, Meanings([one for each in pivots for one in each.clauses], insights))


def _first(pivots: Sequence[Ruled], meanings: Meanings) -> Case:
    whens: list[When] = []
    for each in pivots:
        also = [] if each.among is None else [each.among]
        keeps_out = [one for one in each.clauses if one.excludes]
        if keeps_out:
            also.append(~_any(keeps_out, meanings))
        whens += [
            When(reduce(and_, [rule_q(one, meanings), *also]), then=Value(answer))
            for one, answer in zip(each.clauses, each.answers, strict=True)
            if not one.excludes and each.counts(one)
        ]
    return Case(*whens, default=None, output_field=BigIntegerField())
