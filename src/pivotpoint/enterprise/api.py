"""Kinds of destinations, whether one can be reached, and where customers differ."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.enterprise.answers.door import door
from pivotpoint.enterprise.connectors import kinds
from pivotpoint.enterprise.connectors.contract import Rehearsal
from pivotpoint.enterprise.feeds import api as feeds
from pivotpoint.enterprise.handoffs import adopt
from pivotpoint.enterprise.models import CommunityRoom, Conflict
from pivotpoint.enterprise.pacing import pause
from pivotpoint.enterprise.records import keep
from pivotpoint.enterprise.rooms.names import set_name
from pivotpoint.enterprise.rooms.open import open_room, where
from pivotpoint.enterprise.systems import systems
from pivotpoint.enterprise.systems.check import check_one
from pivotpoint.enterprise.systems.rehearse import rehearse
from pivotpoint.insights.models import Insight
from pivotpoint.lib.paging import Paged, page
from pivotpoint.pivot.models import Destination, Pivot

router = Router(tags=["enterprise"])
router.add_router("", feeds.router, tags=["feeds"])


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
def list_kinds(request: Call) -> list[dict[str, Any]]:
    """The kinds of destinations, with the settings that each needs."""
    return [
        {"kind": kind, "label": each.LABEL, "config": each.CONFIG, "signed": each.SIGNED, "key": each.KEY}
        for kind, each in kinds().items()
    ]


@router.post("/destinations/{int:pk}/check", response=CheckedOut, auth=needs_scope("pivot.change"))
def check_destination(request: Any, pk: int) -> dict[str, Any]:
    """Check that a destination can be reached. A webhook gets a signed ping."""
    wrong = check_one(_mine(request, pk))
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


def _mine(request: Any, pk: int) -> Destination:
    pivots = Pivot.objects.visible_to(user_of(request.auth)).values("pk")
    found = Destination.objects.filter(pivot__in=pivots).select_related("pivot__team__lead")
    return get_object_or_404(found, pk=pk)


@router.post("/destinations/{int:pk}/rehearse", response=RehearsedOut, auth=needs_scope("pivot.change"))
def rehearse_destination(request: Any, pk: int, said: RehearseIn) -> Rehearsal:
    """Show the request that a hand-off would be, filled with sample text. Only for kinds with a mapping."""
    return rehearse(_mine(request, pk), by=request.auth, send=said.send)


@router.post("/destinations/{int:pk}/door", response=DoorOut, auth=needs_scope("pivot.change"))
def show_door(request: Any, pk: int) -> dict[str, str]:
    """Where the system sends its answers. Only for kinds that answer in a format of their own."""
    return door(_mine(request, pk), by=request.auth)


class AdoptIn(Schema):
    """`reference` is how people there refer to the record: its number or its address, say."""

    destination: int
    reference: str
    why: str = ""


class AdoptedOut(Schema):
    loop: int
    stage: str


@router.post("/insights/{int:pk}/adoptions", response={201: AdoptedOut}, auth=needs_scope("insight.change"))
def adopt_record(request: Any, pk: int, said: AdoptIn) -> Status[dict[str, Any]]:
    """Attach an insight to a record that already exists in another system. The record's state then moves the loop."""
    insight = get_object_or_404(Insight.objects.visible_to(user_of(request.auth)), pk=pk)
    destination = _mine(request, said.destination)
    loop = adopt.adopt(insight, destination, said.reference, by=request.auth, why=said.why)
    return Status(201, {"loop": loop.pk, "stage": loop.stage})


class SystemUseOut(Schema):
    """One destination, and the pivot that leads to it."""

    destination: int
    name: str
    pivot: int
    waiting: int
    dead: int

    @staticmethod
    def resolve_destination(use: Any) -> int:
        return int(use.destination.pk)

    @staticmethod
    def resolve_name(use: Any) -> str:
        return str(use.destination.name)

    @staticmethod
    def resolve_pivot(use: Any) -> int:
        return int(use.destination.pivot_id)


class SystemOut(Schema):
    """`id` is that of its first destination. `state`: paused, rests (the circuit is open), fails, unheard, stopped or
    well; `answers`: asked, told, both, or people. `sent_at`: the last hand-off that arrived there.
    """

    id: int
    name: str
    kind: str
    address: str
    state: str
    answers: str
    waiting: int
    dead: int
    failures: int
    rests_until: datetime | None
    sent_at: datetime | None
    answered_at: datetime | None
    unheard: str
    paused_at: datetime | None
    uses: list[SystemUseOut]

    @staticmethod
    def resolve_paused_at(system: Any) -> datetime | None:
        return system.pause.at if system.pause else None


class PauseIn(Schema):
    why: str = ""


@router.get("/systems", response=list[SystemOut], auth=needs_scope("pivot.change"))
def list_systems(request: Any) -> list[systems.System]:
    """Every system that an open pivot delivers to. Destinations of one kind at one address are one system."""
    return systems.systems(user_of(request.auth))


@router.post("/systems/{int:pk}/check", response=list[str], auth=needs_scope("pivot.change"))
def check_system(request: Any, pk: int) -> list[str]:
    """Check a system: one sentence for each of its destinations that cannot be reached now."""
    return systems.check_system(_mine(request, pk))


@router.post("/systems/{int:pk}/pause", response={204: None}, auth=needs_scope("pivot.change"))
def pause_system(request: Any, pk: int, said: PauseIn) -> Status[None]:
    """Pause a system: nothing is sent to it and it is not polled; what is for it waits."""
    pause.pause(_mine(request, pk), by=request.auth, why=said.why)
    return Status(204, None)


@router.delete("/systems/{int:pk}/pause", response={204: None}, auth=needs_scope("pivot.change"))
def resume_system(request: Any, pk: int) -> Status[None]:
    """Resume a paused system: what waited is sent, and it is polled again."""
    pause.resume(_mine(request, pk), by=request.auth)
    return Status(204, None)


class RoomIn(Schema):
    """`destination`: whose account makes the room."""

    destination: int


class RoomThereOut(Schema):
    """`url` is empty until it is made; `wrong` is one sentence, or empty."""

    url: str
    wrong: str
    closed_at: datetime | None

    @staticmethod
    def resolve_wrong(room: Any) -> str:
        return str(room.error)


@router.get("/insights/{int:pk}/community-room", response=RoomThereOut, auth=needs_scope("desk.view"))
def show_community_room(request: Any, pk: int) -> CommunityRoom:
    """The room of an insight's community in another system."""
    insights = Insight.objects.visible_to(user_of(request.auth))
    return get_object_or_404(CommunityRoom, insight__in=insights, insight=pk)


@router.post(
    "/insights/{int:pk}/community-room", response={201: RoomThereOut}, auth=needs_scope("room.write")
)
def open_community_room(request: Any, pk: int, said: RoomIn) -> Status[CommunityRoom]:
    """Open a room for an insight's community. An insight has one: asking again returns the same room."""
    user = user_of(request.auth)
    insight = get_object_or_404(Insight.objects.visible_to(user), pk=pk)
    destination = get_object_or_404(where(user), pk=said.destination)
    return Status(201, open_room(insight, destination, by=request.auth))


class RoomNameIn(Schema):
    """`name`: @name:server, or empty."""

    name: str


@router.put("/me/room-name", response=RoomNameIn, auth=needs_scope("desk.view"), summary="My Matrix id")
def set_my_room_name(request: Any, said: RoomNameIn) -> dict[str, str]:
    return {"name": set_name(user_of(request.auth), said.name)}


class ConflictOut(Schema):
    """One field of a customer that both sides have changed."""

    id: int
    customer: int
    destination: str
    record: str
    field: str
    ours: str
    theirs: str
    seen_at: datetime


class KeptIn(Schema):
    """`kept`: ours or theirs."""

    kept: str


def _conflicts(request: Any) -> QuerySet[Conflict]:
    rows = Conflict.objects.visible_to(user_of(request.auth)).open()
    return rows.select_related("link__destination")


def _shown(row: Conflict) -> dict[str, Any]:
    link = row.link
    said = {name: getattr(row, name) for name in ("id", "field", "ours", "theirs", "seen_at")}
    return said | {"customer": link.customer_id, "destination": str(link.destination), "record": link.record}


@router.get("/customer-conflicts", response=Paged[ConflictOut], auth=needs_scope("customer.view"))
def list_conflicts(request: Call, cursor: str | None = None, limit: int = 50) -> dict[str, Any]:
    """Customer fields that were changed on both sides, the oldest first. Neither side is overwritten."""
    found = page(_conflicts(request), cursor, limit, key="pk")
    return {"items": [_shown(row) for row in found.items], "next": found.next}


@router.post("/customer-conflicts/{int:pk}/settle", response=ConflictOut, auth=needs_scope("customer.change"))
def settle_conflict(request: Any, pk: int, said: KeptIn) -> dict[str, Any]:
    """Decide whose value stays. The next comparison writes it to the other side."""
    return _shown(keep.settle(get_object_or_404(_conflicts(request), pk=pk), said.kept, by=request.auth))
