"""Kinds of destinations, and whether one can be reached."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from pivotpoint.accounts.doors import needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.enterprise.check import check_one
from pivotpoint.enterprise.connectors import kinds
from pivotpoint.pivot.models import Destination, Pivot

router = Router(tags=["enterprise"])


class KindOut(Schema):
    """`config` names the settings with their meaning; `signed` kinds need a secret of ours, `key` names theirs."""

    kind: str
    label: str
    config: dict[str, str]
    signed: bool
    key: str


class CheckedOut(Schema):
    """`wrong` is one sentence, or empty."""

    ok: bool
    wrong: str


@router.get("/destination-kinds", response=list[KindOut], auth=needs_scope("pivot.view"))
def list_kinds(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "label": each.LABEL, "config": each.CONFIG, "signed": each.SIGNED, "key": each.KEY}
        for kind, each in kinds().items()
    ]


@router.post("/destinations/{int:pk}/check", response=CheckedOut, auth=needs_scope("pivot.change"))
def check_destination(request: Any, pk: int) -> dict[str, Any]:
    """Try to reach it; a webhook gets a signed ping."""
    pivots = Pivot.objects.visible_to(user_of(request.auth)).values("pk")
    found = Destination.objects.filter(pivot__in=pivots).select_related("pivot__team__lead")
    wrong = check_one(get_object_or_404(found, pk=pk))
    return {"ok": not wrong, "wrong": wrong}
