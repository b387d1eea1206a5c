"""Pivots and their rules."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Router, Schema, Status

from pivotpoint.accounts import moods
from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.models import Team, User
from pivotpoint.accounts.permissions import user_of
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.lib.problems import answer
from pivotpoint.pivot import edit
from pivotpoint.pivot.api.shapes import PivotOut, RuleIn
from pivotpoint.pivot.conditions.fields import FEELING, GROUPS
from pivotpoint.pivot.models import Calendar, Pivot
from pivotpoint.pivot.opening import Unseen

router = Router()


class PivotIn(Schema):
    """`owned_by`: person, team or rota. `gates`: {"high": "open"}, where a severity has another gate.
    `notices`: channel (as each channel says), approved (a person approves each), none; the stricter counts."""

    name: str | None = None
    process: str | None = None
    team: str | None = None
    owner: int | None = None
    owned_by: str | None = None
    gate: str | None = None
    gates: dict[str, str] | None = None
    calendar: int | None = None
    pass_hours: int | None = None
    accept_hours: int | None = None
    act_hours: int | None = None
    tell_hours: int | None = None
    notices: str | None = None
    inside_measure: str | None = None
    outside_measure: str | None = None
    position: int | None = None
    rules: list[RuleIn] | None = None
    reason: str = ""
    seen: bool = False
    """Whoever opens the gate has looked at GET /pivots/{pk}/worked."""
    over: int | None = None
    """The number of the version that you had before you: what others changed since stays, or it is refused."""


class OrderIn(Schema):
    pivots: list[int]


class OfOut(Schema):
    """What else the field must be told; choices help, and bind when `only`."""

    label: str
    choices: list[tuple[str, str]]
    only: bool


class FieldOut(Schema):
    key: str
    group: str
    label: str
    kind: str
    operators: list[str]
    choices: list[tuple[str, str]] | None
    of: OfOut | None


def answer_when_unseen(api: NinjaAPI) -> None:
    """Every operation that opens a gate answers 409 with the figures until somebody has seen them."""

    @api.exception_handler(Unseen)
    def _unseen(_: HttpRequest, unseen: Unseen) -> HttpResponse:
        opened = [{"pivot": one.pivot.pk, **one.worked.as_dict()} for one in unseen.opened]
        detail, more = f"{unseen} Send seen.", unseen.worked.as_dict()
        return answer(409, "Checked before automated", detail, **more, opened=opened)


def seen_by(by: Any) -> QuerySet[Pivot]:
    """The pivots that whoever asks may see, with all that is shown of them."""
    seen = Pivot.objects.visible_to(user_of(by)).select_related("team", "owner")
    return seen.prefetch_related("rules", "destinations")


def _fields(said: PivotIn) -> dict[str, Any]:
    fields = said.dict(exclude_unset=True, exclude={"rules", "reason", "seen", "over"})
    if "team" in fields:
        fields["team"] = get_object_or_404(Team, key=fields["team"])
    if "owner" in fields:
        fields["owner"] = get_object_or_404(User.objects.active(), pk=fields["owner"])
    if fields.get("calendar") is not None:
        fields["calendar"] = get_object_or_404(Calendar, pk=fields["calendar"])
    return fields


def _rules(said: PivotIn) -> list[dict[str, Any]] | None:
    return None if said.rules is None else [rule.dict() for rule in said.rules]


@router.get("/pivots", response=Paged[PivotOut], auth=needs_scope("pivot.view"))
def list_pivots(request: Call, cursor: str = "", limit: int = 50, closed: bool = False) -> Page:
    """Pivots in the order in which they take insights."""
    pivots = seen_by(request.auth)
    return page(pivots if closed else pivots.filter(closed_at=None), cursor, limit, key="position")


@router.get("/pivots/fields", response=list[FieldOut], auth=needs_scope("pivot.view"))
def list_fields(request: Call) -> list[dict[str, Any]]:
    """The fields that conditions of rules can use."""
    feeling = moods.shown()
    return [
        {
            "key": key,
            "group": group,
            "label": field.label,
            "kind": field.kind,
            "operators": list(field.operators),
            "choices": field.choices() if field.choices else None,
            "of": {"label": field.of.label, "choices": field.of.choices(), "only": field.of.only}
            if field.of
            else None,
        }
        for group, fields in GROUPS.items()
        for key, field in fields.items()
        if feeling or key not in FEELING
    ]


@router.post("/pivots/order", response={204: None}, auth=needs_scope("pivot.change"))
def order_pivots(request: Call, said: OrderIn) -> Status[None]:
    """Set the order in which pivots take insights. Send the ids of all open pivots."""
    pivots = [get_object_or_404(seen_by(request.auth), pk=pk) for pk in said.pivots]
    edit.order(pivots, by=request.auth)
    return Status(204, None)


@router.post("/pivots", response={201: PivotOut}, auth=needs_scope("pivot.change"))
def make_pivot(request: Call, said: PivotIn) -> Status[Pivot]:
    """Make a pivot."""
    pivot = edit.save(_fields(said), by=request.auth, rules=_rules(said) or [], reason=said.reason)
    return Status(201, seen_by(request.auth).get(pk=pivot.pk))


@router.get("/pivots/{int:pk}", response=PivotOut, auth=needs_scope("pivot.view"))
def show_pivot(request: Call, pk: int) -> Pivot:
    """One pivot, with its rules and destinations."""
    return get_object_or_404(seen_by(request.auth), pk=pk)


@router.patch("/pivots/{int:pk}", response=PivotOut, auth=needs_scope("pivot.change"))
def change_pivot(request: Call, pk: int, said: PivotIn) -> Pivot:
    """Change what is sent, leave the rest; `rules` replaces all rules. `reason` is stored with the new version.

    409 with the figures when the gate would open on a pivot that has not worked well; `seen` opens it all the same.
    """
    pivot = get_object_or_404(seen_by(request.auth), pk=pk)
    terms = said.dict(include={"reason", "seen", "over"})
    edit.save(_fields(said), by=request.auth, pivot=pivot, rules=_rules(said), **terms)
    return seen_by(request.auth).get(pk=pk)


@router.post("/pivots/{int:pk}/close", response=PivotOut, auth=needs_scope("pivot.change"))
def close_pivot(request: Call, pk: int) -> Pivot:
    """Close a pivot: it takes no new insights; its open loops go on."""
    return edit.close(get_object_or_404(seen_by(request.auth), pk=pk), by=request.auth)
