"""Hand-offs: what went out, what came back."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.pivot import answers, handoffs
from pivotpoint.pivot.api.shapes import HandoffFull, HandoffOut
from pivotpoint.pivot.models import Handoff

router = Router()


class AnswerIn(Schema):
    """`outcome`: accepted, changing, delivered, declined or note. `key` (or the header Idempotency-Key) makes a
    repetition harmless; without one, the same outcome with the same note is the same answer. `note` stays inside;
    `told` says why it was declined in words for those who asked."""

    outcome: str
    note: str = ""
    told: str = ""
    key: str = ""


class AnsweredOut(Schema):
    answer: int
    outcome: str
    loop: int
    stage: str


def seen_by(by: Any) -> QuerySet[Handoff]:
    return Handoff.objects.visible_to(user_of(by)).select_related("loop", "destination")


@router.get("/handoffs", response=Paged[HandoffOut], auth=needs_scope("desk.view"))
def list_handoffs(
    request: Call, state: str = "", loop: int | None = None, cursor: str = "", limit: int = 50
) -> Page:
    """Hand-offs, the newest first. `state=dead` lists the dead letters."""
    asked = {"state": state, "loop": loop}
    found = seen_by(request.auth).filter(**{key: value for key, value in asked.items() if value})
    return page(found, cursor, limit)


@router.get("/handoffs/{key}", response=HandoffFull, auth=needs_scope("desk.view"))
def show_handoff(request: Call, key: str) -> Handoff:
    """One hand-off, with its payload, attempts and answers."""
    return get_object_or_404(seen_by(request.auth), key=key)


@router.post("/handoffs/{key}/replay", response=HandoffOut, auth=needs_scope("loop.act"))
def replay(request: Call, key: str) -> Handoff:
    """Send a hand-off once more, under the same key."""
    return handoffs.replay(get_object_or_404(seen_by(request.auth), key=key), by=request.auth)


@router.post("/handoffs/{key}/answers", response={201: AnsweredOut}, auth=needs_scope("loop.act"))
def answer(request: Call, key: str, said: AnswerIn) -> Status[dict[str, Any]]:
    """Answer a hand-off on behalf of its destination. The loop moves accordingly."""
    handoff = get_object_or_404(seen_by(request.auth), key=key)
    same = hashlib.sha256(f"{said.outcome}\n{said.note}".encode()).hexdigest()
    given = answers.answer(
        handoff,
        said.outcome,
        note=said.note,
        told=said.told,
        key=f"api-{said.key or request.headers.get('Idempotency-Key') or same}",
        actor_name=str(request.auth),
        by=request.auth,
    )
    loop = given.handoff.loop
    return Status(201, {"answer": given.pk, "outcome": given.outcome, "loop": loop.pk, "stage": loop.stage})
