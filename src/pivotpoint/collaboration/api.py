"""Rooms and tasks."""

from __future__ import annotations

from datetime import datetime

from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import user_of
from pivotpoint.collaboration import experts, room, tasks
from pivotpoint.collaboration.models import Comment, Decision, Invitation, Task
from pivotpoint.insights.models import Insight
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.lib.shapes import Named
from pivotpoint.pivot.models import Loop

router = Router(tags=["collaboration"])
WRITE = needs_scope("room.write")


class Text(Schema):
    text: str


class CommentOut(Schema):
    id: int
    author: Named
    text: str
    mentions: list[Named]
    at: datetime


class DecisionOut(Schema):
    id: int
    by: Named
    text: str
    at: datetime


class TaskOut(Schema):
    id: int
    insight_id: int | None
    loop_id: int | None
    title: str
    note: str
    owner: Named
    due_at: datetime
    done_at: datetime | None
    handoff_key: str | None


class InvitationOut(Schema):
    user: Named
    reason: str
    at: datetime
    answered_at: datetime | None


class RoomOut(Schema):
    comments: list[CommentOut]
    decisions: list[DecisionOut]
    tasks: list[TaskOut]
    invitations: list[InvitationOut]


class ProposedPersonOut(Schema):
    user: Named
    reason: str


class TaskIn(Schema):
    title: str
    owner: int
    due_at: datetime
    loop: int | None = None
    note: str = ""


class InviteIn(Schema):
    user: int
    reason: str


class FinishIn(Schema):
    """`outcome` answers the hand-off that made the task: delivered, or declined with a note."""

    note: str = ""
    outcome: str = "delivered"


class TaskMoveIn(Schema):
    owner: int
    reason: str = ""


def _insight(request: Call, pk: int) -> Insight:
    seen = Insight.objects.visible_to(user_of(request.auth)).select_related("theme")
    return get_object_or_404(seen, pk=pk)


def _colleague(request: Call, pk: int) -> User:
    return get_object_or_404(User.objects.visible_to(user_of(request.auth)), pk=pk)


def _task(request: Call, pk: int) -> Task:
    return get_object_or_404(Task.objects.visible_to(user_of(request.auth)), pk=pk)


@router.get("/insights/{int:pk}/room", response=RoomOut, auth=needs_scope("desk.view"))
def show_room(request: Call, pk: int) -> room.Room:
    """The room of an insight: comments, decisions and invitations."""
    there = room.enter(_insight(request, pk), user_of(request.auth))
    prefetch_related_objects(there.comments, "mentions")
    return there


@router.post("/insights/{int:pk}/comments", response={201: CommentOut}, auth=WRITE)
def comment(request: Call, pk: int, said: Text) -> Status[Comment]:
    """Add a comment. @name shows it on that person's Today page."""
    return Status(201, room.comment(_insight(request, pk), said.text, by=request.auth))


@router.post("/insights/{int:pk}/decisions", response={201: DecisionOut}, auth=WRITE)
def decide(request: Call, pk: int, said: Text) -> Status[Decision]:
    """Record a decision in an insight's room."""
    return Status(201, room.decide(_insight(request, pk), said.text, by=request.auth))


@router.get("/insights/{int:pk}/experts", response=list[ProposedPersonOut], auth=needs_scope("desk.view"))
def propose(request: Call, pk: int, limit: int = 3) -> list[experts.Proposal]:
    """Colleagues who may know about the insight, with the reason."""
    return experts.find(_insight(request, pk), user_of(request.auth), max(1, min(limit, 20)))


@router.post("/insights/{int:pk}/invitations", response={201: InvitationOut}, auth=WRITE)
def invite(request: Call, pk: int, said: InviteIn) -> Status[Invitation]:
    """Invite a colleague into an insight's room. Inviting again changes nothing."""
    user = _colleague(request, said.user)
    return Status(201, room.invite(_insight(request, pk), user, said.reason, by=request.auth))


@router.post("/insights/{int:pk}/tasks", response={201: TaskOut}, auth=WRITE)
def add_task(request: Call, pk: int, said: TaskIn) -> Status[Task]:
    """Add a task to an insight."""
    loops = Loop.objects.visible_to(user_of(request.auth))
    loop = get_object_or_404(loops, pk=said.loop) if said.loop else None
    owner = _colleague(request, said.owner)
    insight = _insight(request, pk)
    return Status(
        201, tasks.add(insight, said.title, owner, said.due_at, by=request.auth, loop=loop, note=said.note)
    )


@router.get("/tasks", response=Paged[TaskOut], auth=needs_scope("desk.view"))
def list_tasks(
    request: Call, owner: int | None = None, done: bool = False, cursor: str = "", limit: int = 50
) -> Page:
    """Open tasks, the newest first; `done` shows the finished ones."""
    found = Task.objects.visible_to(user_of(request.auth)).select_related("owner")
    found = found.exclude(done_at=None) if done else found.filter(done_at=None)
    return page(found.filter(owner=owner) if owner else found, cursor, limit)


@router.post("/tasks/{int:pk}/finish", response=TaskOut, auth=WRITE)
def finish(request: Call, pk: int, said: FinishIn) -> Task:
    """Finish a task. If a hand-off made it, `outcome` answers that hand-off."""
    return tasks.finish(_task(request, pk), by=request.auth, note=said.note, outcome=said.outcome)


@router.post("/tasks/{int:pk}/reassign", response=TaskOut, auth=WRITE)
def reassign(request: Call, pk: int, said: TaskMoveIn) -> Task:
    """Give a task to another owner; its due date stays."""
    owner = _colleague(request, said.owner)
    return tasks.hand_to(_task(request, pk), owner, by=request.auth, reason=said.reason)
