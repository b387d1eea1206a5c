"""Rooms of insights' communities in other systems."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.enterprise.models import CommunityRoom
from pivotpoint.enterprise.rooms.names import set_name
from pivotpoint.enterprise.rooms.open import open_room, where
from pivotpoint.insights.models import Insight

router = Router()


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
def show_community_room(request: Call, pk: int) -> CommunityRoom:
    """The room of an insight's community in another system."""
    insights = Insight.objects.visible_to(user_of(request.auth))
    return get_object_or_404(CommunityRoom, insight__in=insights, insight=pk)


@router.post(
    "/insights/{int:pk}/community-room", response={201: RoomThereOut}, auth=needs_scope("room.write")
)
def open_community_room(request: Call, pk: int, said: RoomIn) -> Status[CommunityRoom]:
    """Open a room for an insight's community. An insight has one: asking again returns the same room."""
    user = user_of(request.auth)
    insight = get_object_or_404(Insight.objects.visible_to(user), pk=pk)
    destination = get_object_or_404(where(user), pk=said.destination)
    return Status(201, open_room(insight, destination, by=request.auth))


class RoomNameIn(Schema):
    """`name`: @name:server, or empty."""

    name: str


@router.put("/me/room-name", response=RoomNameIn, auth=needs_scope("desk.view"), summary="My Matrix id")
def set_my_room_name(request: Call, said: RoomNameIn) -> dict[str, str]:
    return {"name": set_name(user_of(request.auth), said.name)}
