"""Pivots and their rules."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pivotpoint.accounts.doors import needs_scope
from pivotpoint.accounts.models import Team, User
from pivotpoint.accounts.permissions import user_of
from pivotpoint.lib.paging import Page, page
from pivotpoint.lib.problems import Problem
from pivotpoint.pivot import edit
from pivotpoint.pivot.api.shapes import Paged, PivotOut
from pivotpoint.pivot.conditions import FIELDS
from pivotpoint.pivot.decide import uncovered
from pivotpoint.pivot.models import Pivot
from pivotpoint.pivot.opening import Unseen
from pivotpoint.pivot.replay import replay

router = Router()


class RuleIn(Schema):
    """Conditions are {"field", "op", "value"}; GET /pivots/fields lists them."""

    match: str = "all"
    excludes: bool = False
    conditions: list[dict[str, Any]]


class PivotIn(Schema):
    name: str | None = None
    process: str | None = None
    team: str | None = None
    owner: int | None = None
    gate: str | None = None
    pass_hours: int | None = None
    accept_hours: int | None = None
    act_hours: int | None = None
    tell_hours: int | None = None
    inside_measure: str | None = None
    outside_measure: str | None = None
    position: int | None = None
    rules: list[RuleIn] | None = None
    seen: bool = False
    """Whoever opens the gate has looked at GET /pivots/{pk}/worked."""


class ReplayIn(Schema):
    rules: list[RuleIn]
    days: int = 90
    position: int | None = None


class OrderIn(Schema):
    pivots: list[int]


class FieldOut(Schema):
    key: str
    label: str
    kind: str
    operators: list[str]
    choices: list[tuple[str, str]] | None


class Counted(Schema):
    pivot: int
    name: str
    insights: int


class Example(Schema):
    insight: int
    title: str
    people: int


class ReplayOut(Schema):
    days: int
    matched: int
    people: int
    uncovered: int
    taken_from: list[Counted]
    kept_by: list[Counted]
    examples: list[Example]


def seen_by(by: Any) -> QuerySet[Pivot]:
    """The pivots that whoever asks may see, with all that is shown of them."""
    seen = Pivot.objects.visible_to(user_of(by)).select_related("team", "owner")
    return seen.prefetch_related("rules", "destinations")


def _fields(said: PivotIn) -> dict[str, Any]:
    fields = said.dict(exclude_unset=True, exclude={"rules", "seen"})
    if "team" in fields:
        fields["team"] = get_object_or_404(Team, key=fields["team"])
    if "owner" in fields:
        fields["owner"] = get_object_or_404(User.objects.active(), pk=fields["owner"])
    return fields


def _rules(said: PivotIn) -> list[dict[str, Any]] | None:
    return None if said.rules is None else [rule.dict() for rule in said.rules]


@router.get("/pivots", response=Paged[PivotOut], auth=needs_scope("pivot.view"))
def list_pivots(request: Any, cursor: str = "", limit: int = 50, closed: bool = False) -> Page:
    """Pivots in the order in which they take insights."""
    pivots = seen_by(request.auth)
    return page(pivots if closed else pivots.filter(closed_at=None), cursor, limit, key="position")


@router.get("/pivots/fields", response=list[FieldOut], auth=needs_scope("pivot.view"))
def list_fields(request: HttpRequest) -> list[dict[str, Any]]:
    """What conditions can ask."""
    return [
        {
            "key": key,
            "label": field.label,
            "kind": field.kind,
            "operators": list(field.operators),
            "choices": field.choices() if field.choices else None,
        }
        for key, field in FIELDS.items()
    ]


@router.get("/pivots/uncovered", response=Paged[Example], auth=needs_scope("pivot.view"))
def list_uncovered(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page:
    """Insights that no pivot takes."""
    found = page(uncovered().select_related("theme"), cursor, limit)
    return Page([_example(insight) for insight in found.items], found.next)


@router.post("/pivots/replay", response=ReplayOut, auth=needs_scope("pivot.view"))
def try_rules(request: HttpRequest, said: ReplayIn) -> dict[str, Any]:
    """What these rules would have done; nothing is saved."""
    days = max(1, min(said.days, 3650))
    found = replay([rule.dict() for rule in said.rules], days=days, position=said.position)
    return {
        "days": found.days,
        "matched": found.matched,
        "people": found.people,
        "uncovered": found.uncovered,
        "taken_from": _counted(found.taken_from),
        "kept_by": _counted(found.kept_by),
        "examples": [_example(insight) for insight in found.examples],
    }


def _counted(by_pivot: dict[Pivot, int]) -> list[dict[str, Any]]:
    return [{"pivot": p.pk, "name": p.name, "insights": n} for p, n in by_pivot.items()]


def _example(insight: Any) -> dict[str, Any]:
    return {"insight": insight.pk, "title": insight.theme.title, "people": insight.theme.people}


@router.post("/pivots/order", response={204: None}, auth=needs_scope("pivot.change"))
def order_pivots(request: Any, said: OrderIn) -> Status[None]:
    """All pivots that are open, in the order in which they shall take insights."""
    pivots = [get_object_or_404(seen_by(request.auth), pk=pk) for pk in said.pivots]
    edit.order(pivots, by=request.auth)
    return Status(204, None)


@router.post("/pivots", response={201: PivotOut}, auth=needs_scope("pivot.change"))
def make_pivot(request: Any, said: PivotIn) -> Status[Pivot]:
    pivot = edit.save(_fields(said), by=request.auth, rules=_rules(said) or [])
    return Status(201, seen_by(request.auth).get(pk=pivot.pk))


@router.get("/pivots/{int:pk}", response=PivotOut, auth=needs_scope("pivot.view"))
def show_pivot(request: Any, pk: int) -> Pivot:
    return get_object_or_404(seen_by(request.auth), pk=pk)


@router.patch("/pivots/{int:pk}", response=PivotOut, auth=needs_scope("pivot.change"))
def change_pivot(request: Any, pk: int, said: PivotIn) -> Pivot:
    """Only what is sent is changed; `rules` replaces all rules.

    409 with the figures when the gate would open on a pivot that has not worked well; `seen` opens it all the same.
    """
    pivot = get_object_or_404(seen_by(request.auth), pk=pk)
    try:
        edit.save(_fields(said), by=request.auth, pivot=pivot, rules=_rules(said), seen=said.seen)
    except Unseen as unseen:
        title, detail = "Checked before automated", str(unseen)
        raise Problem(409, title, f"{detail} Send seen.", **unseen.worked.as_dict()) from unseen
    return seen_by(request.auth).get(pk=pk)


@router.post("/pivots/{int:pk}/close", response=PivotOut, auth=needs_scope("pivot.change"))
def close_pivot(request: Any, pk: int) -> Pivot:
    """It takes nothing new; its open loops go on."""
    return edit.close(get_object_or_404(seen_by(request.auth), pk=pk), by=request.auth)
