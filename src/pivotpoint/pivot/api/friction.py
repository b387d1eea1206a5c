"""The friction map, and how a pivot has worked before its gate is opened."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.lib.shapes import Named
from pivotpoint.pivot import opening
from pivotpoint.pivot.api.pivots import seen_by
from pivotpoint.pivot.friction import DAYS, Friction, Hop, friction, queues
from pivotpoint.pivot.models import Pivot

router = Router()


class HopOut(Schema):
    """All figures in hours. `expected` follows from Little's law (how many wait, divided by how many leave).
    `works` is true where somebody works, false where the loop waits."""

    key: str
    start: str
    end: str
    works: bool
    now: int | None
    people: int
    late: int
    done: int
    a_week: float
    mean: float | None
    median: float | None
    expected: float | None
    grows: bool


class WayOut(Schema):
    pivot: int | None
    hops: list[HopOut]
    bounced: dict[str, int]
    choke: str
    waits: float
    works: float


class QueueOut(Schema):
    owner: Named
    loops: int
    gates: int
    late: int
    first_due: datetime


class FrictionOut(Schema):
    days: int
    all: WayOut
    pivots: list[WayOut]
    queues: list[QueueOut]


class WorkedOut(Schema):
    days: int
    figures: dict[str, int]
    too_many: list[str]
    warns: bool


def _hop(hop: Hop) -> dict[str, Any]:
    own = {key: value for key, value in asdict(hop).items() if key not in ("place", "days", "wip")}
    place = {key: getattr(hop.place, key) for key in ("key", "start", "end", "works")}
    more = {"now": hop.wip, "a_week": hop.a_week, "expected": hop.expected, "grows": hop.grows}
    return own | place | more


def _way(found: Friction) -> dict[str, Any]:
    return {
        "pivot": found.pivot,
        "hops": [_hop(hop) for hop in found.hops],
        "bounced": found.bounced,
        "choke": found.choke.place.key if found.choke else "",
        "waits": found.waits,
        "works": found.works,
    }


@router.get("/friction", response=FrictionOut, auth=needs_scope("pivot.view"))
def show_friction(request: Call, days: int = Query(DAYS, ge=7, le=730)) -> dict[str, Any]:
    """The friction map: where loops wait and where somebody works, step by step, measured and expected by Little's
    law."""
    pivots = Pivot.objects.visible_to(user_of(request.auth)).live()
    ids = list(pivots.values_list("pk", flat=True))
    found = friction(ids, days)
    return {
        "days": days,
        "all": _way(found[None]),
        "pivots": [_way(found[pk]) for pk in ids],
        "queues": queues(ids),
    }


@router.get("/pivots/{int:pk}/worked", response=WorkedOut, auth=needs_scope("pivot.view"))
def show_worked(request: Call, pk: int) -> dict[str, Any]:
    """How this pivot has performed: the figures that are shown before its gate is opened."""
    return opening.worked(get_object_or_404(seen_by(request.auth), pk=pk)).as_dict()
