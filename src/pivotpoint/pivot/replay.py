"""What rules would have done: shown before they are saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, OuterRef, QuerySet, Subquery

from pivotpoint.insights.models import Backing, Insight
from pivotpoint.lib import clock
from pivotpoint.pivot.conditions import check, first_rule, matching, switchable
from pivotpoint.pivot.models import Pivot, Rule

EXAMPLES = 5


@dataclass(frozen=True)
class Replay:
    """`matched` insights with `people` behind them; of these, other pivots take some today.

    `taken_from`: insights that a later pivot would lose. `kept_by`: insights that an earlier pivot keeps.
    `uncovered`: insights of the same days that no pivot would take, this one included.
    """

    days: int
    matched: int
    people: int
    taken_from: dict[Pivot, int]
    kept_by: dict[Pivot, int]
    uncovered: int
    examples: list[Insight]


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
    place = pivot.position if pivot else position
    others = Pivot.objects.live().order_by("position", "name")
    others = others.exclude(pk=pivot.pk) if pivot else others
    pivots = list(others.prefetch_related("rules"))
    lately = switchable().filter(theme__last_at__gte=clock.now() - timedelta(days=days))
    matched = matching(rules).filter(pk__in=lately.values("pk"))
    takers = _takers(matched, pivots)
    earlier = {
        p.pk for p in pivots if place is None or (p.position, p.name) < (place, pivot.name if pivot else "")
    }
    return Replay(
        days=days,
        matched=matched.count(),
        people=Backing.objects.filter(theme__in=matched.values("pk")).values("customer").distinct().count(),
        taken_from={p: takers[p.pk] for p in pivots if p.pk in takers and p.pk not in earlier},
        kept_by={p: takers[p.pk] for p in pivots if p.pk in takers and p.pk in earlier},
        uncovered=_uncovered(lately, matched, pivots),
        examples=list(matched.select_related("theme").order_by("-theme__people", "pk")[:EXAMPLES]),
    )


def _takers(insights: QuerySet[Insight], pivots: list[Pivot]) -> dict[int, int]:
    """How many of the insights each pivot takes today."""
    owner = Rule.objects.filter(pk=OuterRef("rule")).values("pivot")
    taken = insights.annotate(rule=first_rule(pivots)).exclude(rule=None)
    by_pivot = taken.annotate(taker=Subquery(owner)).values("taker").annotate(n=Count("pk")).order_by()
    return {row["taker"]: row["n"] for row in by_pivot}


def _uncovered(lately: QuerySet[Insight], matched: QuerySet[Insight], pivots: list[Pivot]) -> int:
    rule: Case = first_rule(pivots)
    return lately.exclude(pk__in=matched.values("pk")).annotate(rule=rule).filter(rule=None).count()
