"""Where an insight should go: the pivots whose rules catch it, those of its function, and what became of the like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Value, When

from pivotpoint.insights.models import Insight
from pivotpoint.lib import clock
from pivotpoint.pivot.conditions import describe
from pivotpoint.pivot.conditions.asked import Meanings
from pivotpoint.pivot.conditions.clause import clause
from pivotpoint.pivot.conditions.match import rules_q
from pivotpoint.pivot.models import Loop, Passage, Pivot, Stage, StageMove


@dataclass(frozen=True, slots=True)
class Fit:
    """`why` is a sentence. `rules`: its rules catch the insight; else only the function is the same."""

    pivot: Pivot
    rules: bool
    why: str
    severity: str
    loop: Loop | None
    passage: Passage | None
    taken: int
    accepted: int

    @property
    def gate(self) -> str:
        """How open the pivot is for this insight's severity."""
        return self.pivot.gate_for(self.severity)


def fits(insight: Insight, user: Any, pivots: list[Pivot]) -> list[Fit]:
    """Those that have it already first, then those whose rules catch it, then its function's. Four queries.

    `pivots` are the live ones that `user` sees, with their rules.
    """
    caught = _caught(insight, pivots)
    loops = {
        loop.pivot_id: loop
        for loop in insight.loops.visible_to(user).select_related("owner").order_by("opened_at")
    }
    passages = {passage.pivot_id: passage for passage in insight.passages.select_related("owner")}
    records = _records([pivot.pk for pivot in pivots])
    found = [
        Fit(
            pivot,
            pivot.pk in caught,
            _why(insight, pivot, pivot.pk in caught),
            insight.severity,
            loops.get(pivot.pk),
            passages.get(pivot.pk),
            *records.get(pivot.pk, (0, 0)),
        )
        for pivot in pivots
        if pivot.pk in caught or pivot.pk in loops or pivot.pk in passages or _same(insight, pivot)
    ]
    return sorted(found, key=lambda fit: (fit.loop is None, fit.passage is None, not fit.rules))


def _same(insight: Insight, pivot: Pivot) -> bool:
    """Where half of its messages point to the function, and ask something of somebody."""
    return bool(insight.theme.concerns) and insight.theme.concerns == pivot.team.key


def _caught(insight: Insight, pivots: list[Pivot]) -> set[int]:
    """Ids of the pivots whose rules catch it; one query for all of them."""
    this = Insight.objects.filter(pk=insight.pk)
    ruled = {pivot.pk: [clause(rule) for rule in pivot.rules.all()] for pivot in pivots}
    meanings = Meanings([one for clauses in ruled.values() for one in clauses], this)
    conditions = {
        f"pivot_{pivot.pk}": Case(
            When(rules_q(ruled[pivot.pk], meanings), then=Value(1)), default=0, output_field=IntegerField()
        )
        for pivot in pivots
        if pivot.rules.all()
    }
    if not conditions:
        return set()
    row = this.annotate(**conditions).values(*conditions).first()
    return {int(key.removeprefix("pivot_")) for key, hit in (row or {}).items() if hit}


def _why(insight: Insight, pivot: Pivot, caught: bool) -> str:
    if caught:
        rules = [describe(rule) for rule in pivot.rules.all() if not rule.excludes]
        return " Or: ".join(f"{rule}." for rule in rules)
    if _same(insight, pivot):
        return f"{insight.theme.function_share * 100:.0f} % of its messages concern {pivot.team.name}; no rule catches it."
    return "A person sent it here."


def _records(pivots: list[int]) -> dict[int, tuple[int, int]]:
    """Loops of the last 90 days by pivot, and how many of them were accepted."""
    accepted = Exists(StageMove.objects.filter(loop=OuterRef("pk"), stage=Stage.ACCEPTED))
    recent = Loop.objects.filter(pivot__in=pivots, opened_at__gte=clock.now() - timedelta(days=90))
    rows = recent.annotate(was_accepted=accepted).order_by().values("pivot")
    counted = rows.annotate(taken=Count("pk"), accepted=Count("pk", filter=Q(was_accepted=True)))
    return {row["pivot"]: (row["taken"], row["accepted"]) for row in counted}
