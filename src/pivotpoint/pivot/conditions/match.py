"""Which insights rules catch, and which pivot takes which insight: one query each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Case, Q, QuerySet, Value, When

from pivotpoint.insights.models import Insight
from pivotpoint.pivot.conditions.asked import Meanings, asked, listed
from pivotpoint.pivot.conditions.check import check
from pivotpoint.pivot.conditions.clause import Clause, clause, is_group, leaves
from pivotpoint.pivot.conditions.fields import FIELDS
from pivotpoint.pivot.conditions.known import known
from pivotpoint.pivot.models import Pivot, Rule

NOTHING = Q(pk__in=[])


def rule_q(rule: Clause, meanings: Meanings) -> Q:
    """All or any of its conditions and groups."""
    return _joined(rule.match, rule.conditions, meanings)


def _joined(match: str, conditions: list[dict[str, Any]], meanings: Meanings) -> Q:
    """What is cheap to answer stands first: a database asks the rest only where it has to."""
    parts = [
        _joined(one["match"], one["conditions"], meanings)
        if is_group(one)
        else FIELDS[one["field"]].compile(asked(one, meanings))
        for one in sorted(conditions, key=_dear)
    ]
    return reduce(and_ if match == Rule.Match.ALL else or_, parts)


def _dear(condition: dict[str, Any]) -> int:
    return max(FIELDS[one["field"]].dear for one in leaves([condition]))


def _any(clauses: Iterable[Clause], meanings: Meanings) -> Q:
    return reduce(or_, (rule_q(one, meanings) for one in clauses), NOTHING)


def rules_q(clauses: list[Clause], meanings: Meanings) -> Q:
    """Caught by a rule and by no excluding rule; without a catching rule, nothing."""
    caught = _any((one for one in clauses if not one.excludes), meanings)
    return caught & ~_any((one for one in clauses if one.excludes), meanings)


def switchable() -> QuerySet[Insight]:
    """Insights that may go through a pivot: live, and of one matter."""
    return Insight.objects.of_one_matter()


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
    """For each insight the index (from 0) of the first of one pivot's rules that catches it, or NULL."""
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


def taken(
    insights: QuerySet[Insight], pivots: Sequence[Ruled], limit: int | None = None
) -> list[tuple[int, int]]:
    """Those of the insights that a rule takes, by id, each with the answer of that rule.

    The rules are evaluated in a subquery whose result is filtered: as a filter and a column they would be evaluated
    twice.
    """
    asked_ = insights.order_by().annotate(answer=first(pivots, insights)).values_list("pk", "answer")
    sql, parameters = asked_.query.sql_with_params()
    whole = f"WITH asked AS MATERIALIZED ({sql}) SELECT * FROM asked WHERE answer IS NOT NULL ORDER BY 1"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{whole} LIMIT {int(limit)}" if limit is not None else whole, parameters)
        return list(cursor.fetchall())


def _first(pivots: Sequence[Ruled], meanings: Meanings) -> Case:
    """Asked function by function where most rules are about one: then each insight meets only the rules of its own."""
    asks = [ask for each in pivots for ask in _asks(each, meanings)]
    bound = [ask.functions for ask in asks if ask.functions is not None]
    if len(bound) < FEW or len(bound) * 2 < len(asks):
        return _case((ask.whole, ask.answer) for ask in asks)
    branches = [
        When(
            theme__function=function,
            then=_case(
                (ask.rest, ask.answer) for ask in asks if ask.functions is None or function in ask.functions
            ),
        )
        for function in sorted(set().union(*bound))
    ]
    others = _case((ask.whole, ask.answer) for ask in asks if ask.functions is None)
    return Case(*branches, default=others, output_field=BigIntegerField())


FEW = 12
"""With fewer rules about a function, asking by function is not worth it."""


def _case(asks: Iterable[tuple[Q, int | None]]) -> Case:
    whens = [When(q, then=Value(answer)) for q, answer in asks]
    return Case(*whens, default=None, output_field=BigIntegerField())


@dataclass(frozen=True)
class _Ask:
    """One rule that catches, and what must hold `also`. `functions`: those of which an insight must be one for it (None:
    any). Compiled when it is asked for: a rule that is asked by function is not compiled as a whole as well."""

    rule: Clause
    answer: int | None
    also: list[Q]
    functions: set[str] | None
    meanings: Meanings

    @cached_property
    def whole(self) -> Q:
        return self._all(self.rule)

    @cached_property
    def rest(self) -> Q:
        """What it asks besides, where its function is known to be so."""
        besides = _besides(self.rule)
        return self.whole if self.functions is None or not besides.conditions else self._all(besides)

    def _all(self, rule: Clause) -> Q:
        return reduce(and_, [_known(rule, self.meanings), *self.also])


def _asks(ruled_: Ruled, meanings: Meanings) -> list[_Ask]:
    also = [] if ruled_.among is None else [ruled_.among]
    keeps_out = [one for one in ruled_.clauses if one.excludes]
    if keeps_out:
        also.append(~reduce(or_, (_known(one, meanings) for one in keeps_out)))
    return [
        _Ask(one, answer, also, _functions(one), meanings)
        for one, answer in zip(ruled_.clauses, ruled_.answers, strict=True)
        if not one.excludes and ruled_.counts(one)
    ]


def _known(rule: Clause, meanings: Meanings) -> Q:
    return known(rule, switchable, lambda: rule_q(rule, meanings))


def _names_function(condition: dict[str, Any]) -> bool:
    return not is_group(condition) and condition["field"] == "function" and condition["op"] == "is"


def _functions(rule: Clause) -> set[str] | None:
    if rule.match != Rule.Match.ALL and len(rule.conditions) > 1:
        return None
    named = [set(map(str, listed(one["value"]))) for one in rule.conditions if _names_function(one)]
    return set.intersection(*named) if named else None


def _besides(rule: Clause) -> Clause:
    return replace(rule, conditions=[one for one in rule.conditions if not _names_function(one)])
