"""Which insights a standing answer covers: its conditions are those of rules, compiled the same way."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import BooleanField, Case, QuerySet, Value, When

from pivotpoint.insights.models import Insight
from pivotpoint.lib.among import among
from pivotpoint.pivot.conditions import check, matching, switchable
from pivotpoint.pivot.conditions.asked import Meanings
from pivotpoint.pivot.conditions.clause import Clause, clause
from pivotpoint.pivot.conditions.match import rule_q
from pivotpoint.pivot.models import Pivot, StandingAnswer


def clause_of(standing: StandingAnswer) -> Clause:
    return clause({"match": standing.match, "conditions": standing.conditions})


def checked(match: str, conditions: Sequence[object]) -> Clause:
    """The conditions with every value converted to its type; ConditionError names an invalid one."""
    return check([{"match": match, "conditions": conditions}])[0]


def covered(standing: StandingAnswer) -> QuerySet[Insight]:
    """The insights that it covers now."""
    return matching([clause_of(standing)])


def covering(insight: Insight, pivot: Pivot) -> StandingAnswer | None:
    """The oldest live standing answer that relieves this pivot of this insight."""
    standing = list(StandingAnswer.objects.live().filter(pivot=pivot).order_by("since", "pk"))
    found = covers([insight.pk], standing) if standing else {}
    return next(iter(found.get(insight.pk, ())), None)


def covers(insights: Collection[int], standing: Sequence[StandingAnswer]) -> dict[int, list[StandingAnswer]]:
    """For each insight those of `standing` that cover it; one query for any number of both."""
    if not standing or not insights:
        return {}
    rows = switchable().filter(among("pk", insights))
    clauses = {one.pk: clause_of(one) for one in standing}
    meanings = Meanings(list(clauses.values()), rows)
    asked = {
        f"covered_{pk}": Case(
            When(rule_q(each, meanings), then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        for pk, each in clauses.items()
    }
    rows = rows.annotate(**asked).values("pk", *asked)
    return {row["pk"]: [one for one in standing if row[f"covered_{one.pk}"]] for row in rows}
