"""The encoders that are known here, over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Router, Schema

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.listening.encoders.known import known_to

router = Router()


class EncoderOut(Schema):
    """The one with the latest `live_at` makes the vectors of themes; while none has any, it is the shipped one."""

    name: str
    kind: str
    dimensions: int
    provenance: dict[str, Any]
    made_at: datetime
    live_at: datetime | None


@router.get("/encoders", response=Paged[EncoderOut], auth=needs_scope("desk.view"), summary="Known encoders")
def list_encoders(request: Call, cursor: str | None = None, limit: int = 50) -> Page:
    """The encoders that are known here. Add one with `pivotpoint encoder`; read the history again with it by `POST
    /rereads`."""
    return page(known_to(request.auth), cursor, limit, key="-made_at")
