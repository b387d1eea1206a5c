"""Destinations: their kinds, whether one can be reached, what it would be sent, and what is there already."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.enterprise.answers.door import door
from pivotpoint.enterprise.connectors import kinds
from pivotpoint.enterprise.connectors.contract import Rehearsal
from pivotpoint.enterprise.handoffs.adopt import adopt
from pivotpoint.enterprise.systems.check import check_one
from pivotpoint.enterprise.systems.rehearse import rehearse
from pivotpoint.insights.models import Insight
from pivotpoint.pivot.models import Destination, Pivot

router = Router()


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


def destination_of(request: Call, pk: int) -> Destination:
    pivots = Pivot.objects.visible_to(user_of(request.auth)).values("pk")
    found = Destination.objects.filter(pivot__in=pivots).select_related("pivot__team__lead")
    return get_object_or_404(found, pk=pk)


@router.get("/destination-kinds", response=list[KindOut], auth=needs_scope("pivot.view"))
def list_kinds(request: Call) -> list[dict[str, Any]]:
    """The kinds of destinations, with the settings that each needs."""
    return [
        {"kind": kind, "label": each.LABEL, "config": each.CONFIG, "signed": each.SIGNED, "key": each.KEY}
        for kind, each in kinds().items()
    ]


@router.post("/destinations/{int:pk}/check", response=CheckedOut, auth=needs_scope("pivot.change"))
def check_destination(request: Call, pk: int) -> dict[str, Any]:
    """Check that a destination can be reached. A webhook gets a signed ping."""
    wrong = check_one(destination_of(request, pk))
    return {"ok": not wrong, "wrong": wrong}


class RehearseIn(Schema):
    """With `send`, a record marked as a test is really made there."""

    send: bool = False


class RehearsedOut(Schema):
    """The request without its secrets, the answer, and what it has become there; `wrong` is one sentence, or empty."""

    request: str
    answer: str
    reference: str
    url: str
    wrong: str


class DoorOut(Schema):
    """The address to which this system sends its own answers, and the secret that it signs them with."""

    url: str
    secret: str


@router.post("/destinations/{int:pk}/rehearse", response=RehearsedOut, auth=needs_scope("pivot.change"))
def rehearse_destination(request: Call, pk: int, said: RehearseIn) -> Rehearsal:
    """Show the request that a hand-off would be, filled with sample text. Only for kinds with a mapping."""
    return rehearse(destination_of(request, pk), by=request.auth, send=said.send)


@router.post("/destinations/{int:pk}/door", response=DoorOut, auth=needs_scope("pivot.change"))
def show_door(request: Call, pk: int) -> dict[str, str]:
    """Where the system sends its answers. Only for kinds that answer in a format of their own."""
    return door(destination_of(request, pk), by=request.auth)


class AdoptIn(Schema):
    """`reference` is how people there refer to the record: its number or its address, say."""

    destination: int
    reference: str
    why: str = ""


class AdoptedOut(Schema):
    loop: int
    stage: str


@router.post("/insights/{int:pk}/adoptions", response={201: AdoptedOut}, auth=needs_scope("insight.change"))
def adopt_record(request: Call, pk: int, said: AdoptIn) -> Status[dict[str, Any]]:
    """Attach an insight to a record that already exists in another system. The record's state then moves the loop."""
    insight = get_object_or_404(Insight.objects.visible_to(user_of(request.auth)), pk=pk)
    destination = destination_of(request, said.destination)
    loop = adopt(insight, destination, said.reference, by=request.auth, why=said.why)
    return Status(201, {"loop": loop.pk, "stage": loop.stage})
