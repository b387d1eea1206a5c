"""The versions of a pivot."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.pivot import versions
from pivotpoint.pivot.api.pivots import seen_by
from pivotpoint.pivot.api.shapes import PivotOut
from pivotpoint.pivot.content import differences
from pivotpoint.pivot.loop_version import move_loops
from pivotpoint.pivot.models import Pivot, PivotVersion

router = Router()


class ReasonIn(Schema):
    reason: str = ""


class BackIn(ReasonIn):
    seen: bool = False
    """Whoever opens the gate with it has looked at GET /pivots/{pk}/worked."""


class PivotVersionOut(Schema):
    """`difference` says in words what the version before was not."""

    number: int
    at: datetime
    actor_name: str
    reason: str
    difference: list[str]


class VersionFull(PivotVersionOut):
    content: dict[str, Any]


class ComparedOut(Schema):
    differences: list[str]


class MovedOut(Schema):
    loops: int


def _version(request: Call, pk: int, number: int) -> PivotVersion:
    rows = PivotVersion.objects.visible_to(user_of(request.auth)).select_related("pivot")
    return get_object_or_404(rows, pivot=pk, number=number)


@router.get("/pivots/{int:pk}/versions", response=Paged[PivotVersionOut], auth=needs_scope("pivot.view"))
def list_versions(request: Call, pk: int, cursor: str = "", limit: int = 50) -> Page:
    """The versions of a pivot, the newest first."""
    pivot = get_object_or_404(seen_by(request.auth), pk=pk)
    return page(PivotVersion.objects.filter(pivot=pivot), cursor, limit, key="-number")


@router.get("/pivots/{int:pk}/versions/{int:number}", response=VersionFull, auth=needs_scope("pivot.view"))
def show_version(request: Call, pk: int, number: int) -> PivotVersion:
    """One version, with the whole pivot as data."""
    return _version(request, pk, number)


@router.get(
    "/pivots/{int:pk}/versions/{int:number}/difference",
    response=ComparedOut,
    auth=needs_scope("pivot.view"),
)
def compare_versions(request: Call, pk: int, number: int, to: int) -> dict[str, Any]:
    """The differences from this version to another one, in words."""
    one, other = _version(request, pk, number), _version(request, pk, to)
    return {"differences": differences(one.content, other.content)}


@router.post(
    "/pivots/{int:pk}/versions/{int:number}/return", response=PivotOut, auth=needs_scope("pivot.change")
)
def go_back(request: Call, pk: int, number: int, said: BackIn) -> Pivot:
    """Go back: make a new version with the content of this one.
    409 where that opens a gate that nobody has looked at, as for PATCH."""
    versions.go_back(_version(request, pk, number), by=request.auth, reason=said.reason, seen=said.seen)
    return seen_by(request.auth).get(pk=pk)


@router.post(
    "/pivots/{int:pk}/versions/{int:number}/loops", response=MovedOut, auth=needs_scope("pivot.change")
)
def move_open_loops(request: Call, pk: int, number: int, said: ReasonIn) -> dict[str, int]:
    """Give the pivot's open loops this version's targets; due dates that a person chose stay."""
    version = _version(request, pk, number)
    return {"loops": move_loops(version, by=request.auth, reason=said.reason)}
