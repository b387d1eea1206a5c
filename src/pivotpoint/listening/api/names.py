"""Names learnt from customers' fields, and what a message names, over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.channels.models import Message
from pivotpoint.listening.models import Gazetteer, LeftOutName, Mention
from pivotpoint.listening.names import gazetteer

router = Router()


class NameOut(Schema):
    """`people` have the value on their records."""

    field: str
    value: str
    people: int


class LeftOutOut(Schema):
    """`value` is empty where a whole field is left out."""

    id: int
    field: str
    value: str
    at: datetime
    undone_at: datetime | None


class GazetteerOut(Schema):
    """`version` is empty before anything was learnt."""

    version: str
    live_at: datetime | None
    names: list[NameOut]
    left_out: list[LeftOutOut]


class LeftOutIn(Schema):
    """Without a `value` the whole field holds no names."""

    field: str
    value: str = ""


class MentionOut(Schema):
    """`spans` are half-open character offsets into the message's text; a name says in which `field` it was learnt."""

    kind: str
    field: str
    value: str
    spans: list[tuple[int, int]]
    version: str


def _shown(request: Call) -> dict[str, Any]:
    live = Gazetteer.objects.visible_to(request.auth).live()
    left_out = LeftOutName.objects.visible_to(request.auth).standing()
    known = live.names if live else []
    return {
        "version": live.version if live else "",
        "live_at": live.live_at if live else None,
        "names": [dict(zip(("field", "value", "people"), name, strict=True)) for name in known],
        "left_out": list(left_out),
    }


@router.get("/names", response=GazetteerOut, auth=needs_scope("desk.view"), summary="Learnt names")
def show_names(request: Call) -> dict[str, Any]:
    """Names that messages are read with now, and what people left out."""
    return _shown(request)


@router.post("/names/learning", response=GazetteerOut, auth=needs_scope("reading.manage"))
def learn_names(request: Call) -> dict[str, Any]:
    """Learn names from the customers' records now, without waiting for the sweep."""
    gazetteer.learn_now(by=request.auth)
    return _shown(request)


@router.post("/left-out-names", response={201: LeftOutOut}, auth=needs_scope("reading.manage"))
def leave_out(request: Call, body: LeftOutIn) -> Status[LeftOutName]:
    """Exclude a value, or a whole field, from the names."""
    return Status(201, gazetteer.leave_out(body.field, body.value, by=request.auth))


@router.delete("/left-out-names/{int:pk}", response=LeftOutOut, auth=needs_scope("reading.manage"))
def take_back(request: Call, pk: int) -> LeftOutName:
    """Withdraw an exclusion."""
    said = get_object_or_404(LeftOutName.objects.visible_to(request.auth), pk=pk)
    gazetteer.take_back(said, by=request.auth)
    return said


@router.get("/messages/{int:pk}/mentions", response=list[MentionOut], auth=needs_scope("customer.view"))
def message_mentions(request: Call, pk: int) -> Any:
    """Names, amounts, dates and numbers, and where they stand."""
    message = get_object_or_404(Message.objects.visible_to(request.auth), pk=pk)
    return Mention.objects.filter(message=message).order_by("pk")
