"""Insights that go along with a loop which is there already."""

from __future__ import annotations

from datetime import datetime

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.insights.models import Insight
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.pivot import attach
from pivotpoint.pivot.api.loops import seen_by as loops_seen_by
from pivotpoint.pivot.models import Attachment

router = Router()
CHANGE = needs_scope("insight.change")


class AttachIn(Schema):
    """To `loop`, or to the open loop that another system knows as `reference`. `role`: trigger or evidence."""

    insight: int
    loop: int | None = None
    reference: str = ""
    role: str = "evidence"
    why: str = ""


class AttachmentOut(Schema):
    id: int
    loop: int
    insight: int
    role: str
    why: str
    at: datetime
    detached_at: datetime | None

    @staticmethod
    def resolve_loop(row: Attachment) -> int:
        return row.loop_id

    @staticmethod
    def resolve_insight(row: Attachment) -> int:
        return row.insight_id


@router.get("/attachments", response=Paged[AttachmentOut], auth=needs_scope("desk.view"))
def list_attachments(
    request: Call, loop: int | None = None, insight: int | None = None, cursor: str = "", limit: int = 50
) -> Page:
    """Insights attached to loops, the newest first."""
    found = Attachment.objects.visible_to(user_of(request.auth)).standing()
    asked = {"loop": loop, "insight": insight}
    return page(found.filter(**{key: value for key, value in asked.items() if value}), cursor, limit)


@router.post("/attachments", response={201: AttachmentOut}, auth=CHANGE)
def attach_insight(request: Call, said: AttachIn) -> Status[Attachment]:
    """Attach an insight to an open loop. The loop then stands for its people too, and they are told with the
    others."""
    user = user_of(request.auth)
    insight = get_object_or_404(Insight.objects.visible_to(user), pk=said.insight)
    loop = (
        attach.to_record(said.reference, user)
        if said.reference.strip()
        else get_object_or_404(loops_seen_by(request.auth), pk=said.loop)
    )
    return Status(201, attach.attach(insight, loop, by=request.auth, role=said.role, why=said.why))


@router.delete("/attachments/{int:pk}", response={204: None}, auth=CHANGE)
def detach_insight(request: Call, pk: int) -> Status[None]:
    """Detach an insight: it stands for itself again. Notices that were sent stay sent."""
    rows = Attachment.objects.visible_to(user_of(request.auth))
    attach.detach(get_object_or_404(rows, pk=pk), by=request.auth)
    return Status(204, None)
