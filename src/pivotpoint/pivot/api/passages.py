"""Insights at the gates."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.lib.shapes import Reason
from pivotpoint.pivot import gate
from pivotpoint.pivot.api.loops import seen_by as loops_seen_by
from pivotpoint.pivot.api.shapes import LoopOut, PassageOut
from pivotpoint.pivot.models import Loop, Passage

router = Router()


def seen_by(by: Any) -> QuerySet[Passage]:
    seen = Passage.objects.visible_to(user_of(by))
    return seen.select_related("insight__theme", "pivot", "owner")


@router.get("/passages", response=Paged[PassageOut], auth=needs_scope("pivot.view"))
def list_passages(
    request: Call, state: str = "waiting", pivot: int | None = None, cursor: str = "", limit: int = 50
) -> Page:
    """Insights at gates: waiting, passed, held, or collected only."""
    found = seen_by(request.auth).filter(state=state)
    return page(found.filter(pivot=pivot) if pivot else found, cursor, limit)


@router.post("/passages/{int:pk}/pass", response={201: LoopOut}, auth=needs_scope("insight.change"))
def let_pass(request: Call, pk: int) -> Status[Loop]:
    """Let the insight pass: it is handed over. Calling it twice makes one loop."""
    loop = gate.let_pass(get_object_or_404(seen_by(request.auth), pk=pk), by=request.auth)
    return Status(201, loops_seen_by(request.auth).get(pk=loop.pk))


@router.post("/passages/{int:pk}/hold", response=PassageOut, auth=needs_scope("insight.change"))
def hold(request: Call, pk: int, said: Reason) -> Passage:
    """Hold the insight at the gate, with a reason."""
    return gate.hold(get_object_or_404(seen_by(request.auth), pk=pk), said.reason, by=request.auth)
