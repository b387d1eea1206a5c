"""Which insights a standing answer covers: its conditions are those of rules, compiled the same way."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import BooleanField, Case, Q, Value, When

from pivotpoint.insights.models import Insight
from pivotpoint.lib.among import among
from pivotpoint.pivot.conditions import check, switchable
from pivotpoint.pivot.conditions.check import Clause, clause
from pivotpoint.pivot.conditions.match import rule_q
from pivotpoint.pivot.models import Pivot, StandingAnswer


def clause_of(standing: StandingAnswer) -> Clause:
    return clause({"match": standing.match, "conditions": standing.conditions})


def checked(match: str, conditions: Sequence[object]) -> Clause:
    """With every value in its type; ConditionError says which is wrong."""
    return check([{"match": match, "conditions": conditions}])[0]


def covered_q(standing: StandingAnswer) -> Q:
    return rule_q(clause_of(standing))


def covering(insight: Insight, pivot: Pivot) -> StandingAnswer | None:
    """The oldest live standing answer that relieves this pivot of this insight."""
    standing = list(StandingAnswer.objects.live().filter(pivot=pivot).order_by("since", "pk"))
    found = covers([insight.pk], standing) if standing else {}
    return next(iter(found.get(insight.pk, ())), None)


def covers(insights: Collection[int], standing: Sequence[StandingAnswer]) -> dict[int, list[StandingAnswer]]:
    """By insight, those of `standing` that cover it; one query for any number of both."""
    if not standing or not insights:
        return {}
    asked = {
        f"covered_{one.pk}": Case(
            When(covered_q(one), then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        for one in standing
    }
    rows = switchable().filter(among("pk", insights)).annotate(**asked).values("pk", *asked)
    return {row["pk"]: [one for one in standing if row[f"covered_{one.pk}"]] for row in rows}
