"""Loops and what people do with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import user_of
from pivotpoint.insights.models import Insight
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.lib.shapes import Reason
from pivotpoint.pivot import handoffs, loops
from pivotpoint.pivot.api.shapes import HandoffOut, LoopOut, MoveOut
from pivotpoint.pivot.attach import with_people
from pivotpoint.pivot.models import Destination, Handoff, Loop, Pivot, StageMove

router = Router()
ACT = needs_scope("loop.act")


class LoopIn(Schema):
    insight: int
    pivot: int
    owner: int | None = None
    why: str = ""


class LoopStepIn(Schema):
    """`due_at`: when the next step is due, if not by the pivot's target."""

    reason: str = ""
    due_at: datetime | None = None


class DeclineIn(Reason):
    """`reason` is read by those who asked; `inside` by us only."""

    inside: str = ""


class OwnerIn(Schema):
    owner: int
    reason: str = ""


class LoopDestinationIn(Schema):
    destination: int


def seen_by(by: Any) -> QuerySet[Loop]:
    seen = with_people(Loop.objects.visible_to(user_of(by)))
    return seen.select_related("insight__theme", "pivot", "team", "owner", "version")


def _loop(request: Call, pk: int) -> Loop:
    return get_object_or_404(seen_by(request.auth), pk=pk)


@router.get("/loops", response=Paged[LoopOut], auth=needs_scope("desk.view"))
def list_loops(
    request: Call,
    stage: str = "",
    pivot: int | None = None,
    owner: int | None = None,
    insight: int | None = None,
    overdue: bool = False,
    closed: bool = False,
    cursor: str = "",
    limit: int = 50,
) -> Page:
    """Open loops, the newest first; with `closed`, those that have ended."""
    found = seen_by(request.auth)
    found = found.exclude(closed_at=None) if closed else found.filter(closed_at=None)
    asked = {"stage": stage, "pivot": pivot, "owner": owner, "insight": insight}
    found = found.filter(**{key: value for key, value in asked.items() if value})
    return page(found.overdue() if overdue else found, cursor, limit)  # type: ignore[attr-defined]


@router.post("/loops", response={201: LoopOut}, auth=needs_scope("insight.change"))
def open_loop(request: Call, said: LoopIn) -> Status[Loop]:
    """Hand an insight over to a pivot. If it already has an open loop there, that loop is returned."""
    user = user_of(request.auth)
    insight = get_object_or_404(Insight.objects.visible_to(user), pk=said.insight)
    pivot = get_object_or_404(Pivot.objects.visible_to(user), pk=said.pivot)
    owner = get_object_or_404(User.objects.active(), pk=said.owner) if said.owner else None
    loop = loops.open_loop(insight, pivot, by=request.auth, owner=owner, why=said.why)
    return Status(201, _loop(request, loop.pk))


@router.get("/loops/{int:pk}", response=LoopOut, auth=needs_scope("desk.view"))
def show_loop(request: Call, pk: int) -> Loop:
    """One loop."""
    return _loop(request, pk)


@router.get("/loops/{int:pk}/moves", response=list[MoveOut], auth=needs_scope("desk.view"))
def list_moves(request: Call, pk: int) -> list[StageMove]:
    """Every step with its author, owner and due date, oldest first."""
    return list(_loop(request, pk).moves.select_related("owner"))


@router.get("/loops/{int:pk}/payload", auth=needs_scope("desk.view"))
def preview_payload(request: Call, pk: int) -> dict[str, Any]:
    """The payload that a destination would get now."""
    return handoffs.payload(_loop(request, pk))


@router.post("/loops/{int:pk}/accept", response=LoopOut, auth=ACT)
def accept(request: Call, pk: int, said: LoopStepIn) -> Loop:
    """Accept a loop: its owner will act."""
    return loops.accept(_loop(request, pk), by=request.auth, reason=said.reason, due_at=said.due_at)


@router.post("/loops/{int:pk}/start", response=LoopOut, auth=ACT)
def start(request: Call, pk: int, said: LoopStepIn) -> Loop:
    """Say that the change is under way."""
    return loops.start(_loop(request, pk), by=request.auth, reason=said.reason, due_at=said.due_at)


@router.post("/loops/{int:pk}/deliver", response=LoopOut, auth=ACT)
def deliver(request: Call, pk: int, said: LoopStepIn) -> Loop:
    """Say that the change is delivered."""
    return loops.deliver(_loop(request, pk), by=request.auth, reason=said.reason)


@router.post("/loops/{int:pk}/decline", response=LoopOut, auth=ACT)
def decline(request: Call, pk: int, said: DeclineIn) -> Loop:
    """Decline a loop. The reason is told to everybody who asked and stands on the portal; `inside` is a note for colleagues."""
    return loops.decline(_loop(request, pk), said.reason, by=request.auth, inside=said.inside)


@router.post("/loops/{int:pk}/decline/reason", response=LoopOut, auth=ACT)
def say_why(request: Call, pk: int, said: Reason) -> Loop:
    """Say why a loop was declined, for those who asked, where a system, a letter or a task declined it with an inside note."""
    return loops.say_why(_loop(request, pk), said.reason, by=request.auth)


@router.post("/loops/{int:pk}/told", response=LoopOut, auth=ACT)
def told(request: Call, pk: int, said: LoopStepIn) -> Loop:
    """Record that everybody was told by other means."""
    return loops.told(_loop(request, pk), by=request.auth, reason=said.reason)


@router.post("/loops/{int:pk}/confirm", response=LoopOut, auth=ACT)
def confirm(request: Call, pk: int, said: Reason) -> Loop:
    """Confirm on the owner's word that the change helped."""
    return loops.confirmed(_loop(request, pk), by=request.auth, reason=said.reason)


@router.post("/loops/{int:pk}/reassign", response=LoopOut, auth=ACT)
def reassign(request: Call, pk: int, said: OwnerIn) -> Loop:
    """Give a loop to another owner."""
    owner = get_object_or_404(User.objects.visible_to(user_of(request.auth)), pk=said.owner)
    return loops.reassign(_loop(request, pk), owner, by=request.auth, reason=said.reason)


@router.post("/loops/{int:pk}/reopen", response=LoopOut, auth=ACT)
def reopen(request: Call, pk: int, said: Reason) -> Loop:
    """Reopen a loop that has ended, with a reason."""
    return loops.reopen(_loop(request, pk), said.reason, by=request.auth)


@router.post("/loops/{int:pk}/handoffs", response={201: HandoffOut}, auth=ACT)
def add_handoff(request: Call, pk: int, said: LoopDestinationIn) -> Status[Handoff]:
    """Hand the loop over to one more destination, of any pivot."""
    loop = _loop(request, pk)
    pivots = Pivot.objects.visible_to(user_of(request.auth)).values("pk")
    destination = get_object_or_404(Destination, pk=said.destination, pivot__in=pivots)
    return Status(201, handoffs.add(loop, destination, by=request.auth))
