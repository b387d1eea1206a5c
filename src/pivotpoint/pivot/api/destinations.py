"""Where a pivot's loops are delivered."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.lib.shapes import Secret
from pivotpoint.pivot import edit, handoffs
from pivotpoint.pivot.api.pivots import seen_by
from pivotpoint.pivot.api.shapes import DestinationOut
from pivotpoint.pivot.models import Destination

router = Router()


class DestinationIn(Schema):
    """`kind` and `config`: see GET /destination-kinds. `key` is never shown again; empty leaves the one there is.

    `how`: always, or fallback: only when none of the destinations before it takes the loop. `at_once` and `per_minute`
    are the most that this system is given; null is no limit. Of these three, a change leaves what it does not name.
    `place`: the how manieth of the pivot's destinations it is, from 1; null leaves it where it is, a new one last.
    """

    name: str
    kind: str
    config: dict[str, Any] = {}
    key: str = ""
    how: str = Destination.How.ALWAYS
    at_once: int | None = None
    per_minute: int | None = None
    place: int | None = None
    reason: str = ""

    def fields(self) -> dict[str, Any]:
        named = self.dict(include=set(edit.TERMS), exclude_unset=True)
        return self.dict(exclude=set(edit.TERMS)) | named


class ReplayedOut(Schema):
    queued: int


def _destination(request: Call, pk: int) -> Destination:
    pivots = seen_by(request.auth).values("pk")
    return get_object_or_404(Destination.objects.select_related("pivot"), pk=pk, pivot__in=pivots)


@router.post(
    "/pivots/{int:pk}/destinations", response={201: DestinationOut}, auth=needs_scope("pivot.change")
)
def add_destination(request: Call, pk: int, said: DestinationIn) -> Status[Destination]:
    """Add a destination to a pivot."""
    pivot = get_object_or_404(seen_by(request.auth), pk=pk)
    return Status(201, edit.save_destination(pivot, by=request.auth, **said.fields()))


@router.patch("/destinations/{int:pk}", response=DestinationOut, auth=needs_scope("pivot.change"))
def change_destination(request: Call, pk: int, said: DestinationIn) -> Destination:
    """Change a destination."""
    destination = _destination(request, pk)
    return edit.save_destination(destination.pivot, by=request.auth, destination=destination, **said.fields())


@router.post("/destinations/{int:pk}/close", response={204: None}, auth=needs_scope("pivot.change"))
def close_destination(request: Call, pk: int) -> Status[None]:
    """Close a destination: it gets no new hand-offs; those on their way still arrive."""
    edit.close_destination(_destination(request, pk), by=request.auth)
    return Status(204, None)


@router.post("/destinations/{int:pk}/secret", response=Secret, auth=needs_scope("pivot.change"))
def make_secret(request: Call, pk: int) -> dict[str, str]:
    """Make a new signing secret. The old one stays valid for a day."""
    return {"secret": edit.new_secret(_destination(request, pk), by=request.auth)}


@router.post("/destinations/{int:pk}/replay", response=ReplayedOut, auth=needs_scope("loop.act"))
def replay_dead(request: Call, pk: int) -> dict[str, int]:
    """Send all dead hand-offs of this destination again."""
    return {"queued": handoffs.replay_dead(_destination(request, pk), by=request.auth)}
