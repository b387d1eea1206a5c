"""Which insights rules catch, and which pivot takes which insight: one query each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import BigIntegerField, Case, Q, QuerySet, Value, When

from pivotpoint.insights.models import Insight
from pivotpoint.pivot.conditions.check import Clause, check, clause
from pivotpoint.pivot.conditions.fields import FIELDS
from pivotpoint.pivot.models import Pivot, Rule

NOTHING = Q(pk__in=[])


def rule_q(rule: Clause) -> Q:
    """All or any of its conditions."""
    parts = [FIELDS[c["field"]].compile(c["op"], c["value"]) for c in rule.conditions]
    return reduce(and_ if rule.match == Rule.Match.ALL else or_, parts)


def excluded_q(clauses: list[Clause]) -> Q:
    """What no rule of this pivot may take, wherever the excluding rule stands."""
    return reduce(or_, (rule_q(c) for c in clauses if c.excludes), NOTHING)


def rules_q(clauses: list[Clause]) -> Q:
    """Caught by a rule and by none that excludes; without a rule that catches, nothing."""
    caught = reduce(or_, (rule_q(c) for c in clauses if not c.excludes), NOTHING)
    return caught & ~excluded_q(clauses)


def switchable() -> QuerySet[Insight]:
    """Insights that may go through a pivot: alive, and meaning something."""
    return Insight.objects.live().filter(theme__vague=False)


def matching(rules: Iterable[Rule | Clause | Mapping[str, Any]]) -> QuerySet[Insight]:
    """The insights that a pivot with these rules would take if it stood alone; ConditionError when one is wrong."""
    return switchable().filter(rules_q(check(rules)))


def first_rule(pivots: Iterable[Pivot]) -> Case:
    """For each insight the id of the first rule, by pivot and then by rule, that takes it; NULL when none does.

    Expects `pivots` in order with their rules prefetched. Stored rules were checked when they were saved.
    """
    whens = []
    for pivot in pivots:
        clauses = [clause(rule) for rule in pivot.rules.all()]
        excluded = excluded_q(clauses)
        whens += [When(rule_q(c) & ~excluded, then=Value(c.id)) for c in clauses if not c.excludes]
    return Case(*whens, default=None, output_field=BigIntegerField())
