"""Rules before they are saved: what they would have done, what nobody catches, and a draft to begin with."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.insights.models import Insight
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.pivot.api.shapes import RuleIn
from pivotpoint.pivot.decide import uncovered
from pivotpoint.pivot.draft import draft
from pivotpoint.pivot.models import Pivot
from pivotpoint.pivot.near import Like, Near
from pivotpoint.pivot.replay import Some, replay

router = Router()


class ReplayIn(Schema):
    """Rules stand at `position`, else last; or in the place of the rules of the pivot `instead_of`."""

    rules: list[RuleIn]
    days: int = 90
    position: int | None = None
    instead_of: int | None = None


class Count(Schema):
    insights: int
    people: int


class Counted(Count):
    pivot: int
    name: str


class Example(Schema):
    insight: int
    title: str
    people: int


class Likened(Example):
    percent: float


class MeaningNearOut(Schema):
    """What a meaning just catches and just misses, nearest to its likeness first."""

    rule: int
    sentences: list[str]
    likeness: float
    caught: list[Likened]
    missed: list[Likened]


class ReplayOut(Schema):
    """`by_rule`: what each rule takes that none before it took; null for one that keeps out."""

    days: int
    matched: int
    people: int
    by_rule: list[Count | None]
    uncovered: int
    uncovered_people: int
    taken_from: list[Counted]
    kept_by: list[Counted]
    examples: list[Example]
    uncovered_examples: list[Example]
    near: list[MeaningNearOut]


@router.get("/pivots/uncovered", response=Paged[Example], auth=needs_scope("pivot.view"))
def list_uncovered(request: Call, cursor: str = "", limit: int = 50) -> Page:
    """Insights that no pivot's rules catch."""
    found = page(uncovered().select_related("theme"), cursor, limit)
    return Page([_example(insight) for insight in found.items], found.next)


@router.get("/pivots/draft", response=RuleIn, auth=needs_scope("pivot.change"))
def draft_rule(request: Call, insight: int) -> dict[str, Any]:
    """Draft a rule that catches this insight and similar ones."""
    return draft(get_object_or_404(Insight.objects.visible_to(user_of(request.auth)), pk=insight))


@router.post("/pivots/replay", response=ReplayOut, auth=needs_scope("pivot.view"))
def try_rules(request: Call, said: ReplayIn) -> dict[str, Any]:
    """Show what these rules would have caught. Nothing is saved."""
    days = max(1, min(said.days, 3650))
    pivots = Pivot.objects.visible_to(user_of(request.auth))
    pivot = get_object_or_404(pivots, pk=said.instead_of) if said.instead_of else None
    rules = [rule.dict() for rule in said.rules]
    found = replay(rules, days=days, position=said.position, instead_of=pivot)
    return {
        "days": found.days,
        "matched": found.caught.insights,
        "people": found.caught.people,
        "by_rule": found.by_rule,
        "uncovered": found.uncovered.insights,
        "uncovered_people": found.uncovered.people,
        "taken_from": _counted(found.taken_from),
        "kept_by": _counted(found.kept_by),
        "examples": [_example(insight) for insight in found.examples],
        "uncovered_examples": [_example(insight) for insight in found.uncovered_examples],
        "near": [_near(one) for one in found.near],
    }


def _counted(by_pivot: dict[Pivot, Some]) -> list[dict[str, Any]]:
    return [
        {"pivot": pivot.pk, "name": pivot.name, "insights": some.insights, "people": some.people}
        for pivot, some in by_pivot.items()
    ]


def _example(insight: Insight) -> dict[str, Any]:
    return {"insight": insight.pk, "title": insight.theme.title, "people": insight.theme.people}


def _near(one: Near) -> dict[str, Any]:
    def likened(some: list[Like]) -> list[dict[str, Any]]:
        return [_example(like.insight) | {"percent": like.percent} for like in some]

    return {
        "rule": one.rule,
        "sentences": one.sentences,
        "likeness": one.likeness,
        "caught": likened(one.caught),
        "missed": likened(one.missed),
    }
