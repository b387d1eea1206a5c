"""Where customers differ here and in another system."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.enterprise.models import Conflict
from pivotpoint.enterprise.records.keep import settle
from pivotpoint.lib.paging import Paged, page

router = Router()


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


def _conflicts(request: Call) -> QuerySet[Conflict]:
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
def settle_conflict(request: Call, pk: int, said: KeptIn) -> dict[str, Any]:
    """Decide whose value stays. The next comparison writes it to the other side."""
    return _shown(settle(get_object_or_404(_conflicts(request), pk=pk), said.kept, by=request.auth))
