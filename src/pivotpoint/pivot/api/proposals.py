"""Changes that wait for a second pair of eyes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Router, Schema

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.pivot import proposals
from pivotpoint.pivot.changing import Proposed
from pivotpoint.pivot.models import Proposal, ProposedChange

router = Router()


class DecisionIn(Schema):
    """Rejecting needs a reason."""

    approve: bool
    reason: str = ""
    seen: bool = False
    """Whoever approves a gate that opens has looked at how the pivot has worked; without it the answer is 409."""


class ProposedOut(Schema):
    """`pivot` is empty for a new one."""

    pivot: int | None
    name: str
    difference: list[str]
    content: dict[str, Any]

    @staticmethod
    def resolve_pivot(change: ProposedChange) -> int | None:
        return change.pivot_id

    @staticmethod
    def resolve_name(change: ProposedChange) -> str:
        return str(change.content["name"])


class ProposalOut(Schema):
    id: int
    reason: str
    at: datetime
    actor_name: str
    verdict: str
    decided_at: datetime | None
    decider_name: str
    answer: str
    waited_hours: float
    changes: list[ProposedOut]

    @staticmethod
    def resolve_changes(proposal: Proposal) -> list[ProposedChange]:
        return list(proposal.changes.all())


class DragOut(Schema):
    """`hours` waited by `changes` that were decided in this month, or still wait."""

    month: str
    changes: int
    hours: float
    waiting: int


def answer_when_proposed(api: NinjaAPI) -> None:
    """Every operation that changes a pivot answers 202 when the change waits for somebody else."""

    @api.exception_handler(Proposed)
    def _proposed(_: HttpRequest, waits: Proposed) -> HttpResponse:
        return JsonResponse({"proposal": waits.proposal.pk, "detail": str(waits)}, status=202)


def _seen_by(by: Any) -> QuerySet[Proposal]:
    return Proposal.objects.visible_to(user_of(by)).prefetch_related("changes")


@router.get("/proposals", response=Paged[ProposalOut], auth=needs_scope("pivot.view"))
def list_proposals(request: Call, waiting: bool = True, cursor: str = "", limit: int = 50) -> Page:
    """Proposed changes, the newest first: those that wait, or all."""
    found = _seen_by(request.auth)
    return page(found.filter(decided_at=None) if waiting else found, cursor, limit)


@router.get("/proposals/drag", response=list[DragOut], auth=needs_scope("pivot.view"))
def approval_drag(request: Call) -> list[proposals.Drag]:
    """How many hours changes waited for approval, by month."""
    return proposals.drag()


@router.post("/proposals/{int:pk}/decision", response=ProposalOut, auth=needs_scope("pivot.change"))
def decide_proposal(request: Call, pk: int, said: DecisionIn) -> Proposal:
    """Approve or reject a proposed change. Its author may only withdraw it."""
    proposal = get_object_or_404(_seen_by(request.auth), pk=pk)
    if said.approve:
        proposals.approve(proposal, by=request.auth, reason=said.reason, seen=said.seen)
    else:
        proposals.reject(proposal, said.reason, by=request.auth)
    return _seen_by(request.auth).get(pk=pk)
