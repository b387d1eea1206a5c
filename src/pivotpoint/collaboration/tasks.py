"""Steps with an owner and a due date. A task that a hand-off made answers the hand-off; an accepted loop begins its
pivot's playbook."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from pivotpoint.accounts.models import Team, User
from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.collaboration.models import Task
from pivotpoint.insights.models import Insight
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot import answers, playbook
from pivotpoint.pivot.models import Answer, Handoff, Loop, Stage
from pivotpoint.pivot.refused import Refused


@transaction.atomic
def add(
    insight: Insight,
    title: str,
    owner: User,
    due_at: datetime,
    *,
    by: Any,
    loop: Loop | None = None,
    note: str = "",
) -> Task:
    """Add a task for a colleague who has not left."""
    demand(by, "room.write")
    if not title.strip():
        raise Refused("A task needs a title: what is to be done?")
    task = Task.objects.create(
        insight=insight,
        loop=loop,
        team=owner.team or (loop.team if loop else None),
        title=title.strip()[:200],
        note=note,
        owner=_here(owner),
        due_at=due_at,
        created_by=user_of(by),
    )
    record("collaboration.task_added", insight, by=by, task=task.pk, owner=owner.pk)
    return task


def _here(owner: User) -> User:
    if owner.left_at or not owner.is_active or not owner.may("room.write"):
        raise Refused(f"{owner} cannot take a task; choose somebody who is here and may write in rooms.")
    return owner


@transaction.atomic
def from_handoff(handoff: Handoff, team: Team, owner: User) -> Task:
    """Make the task of a hand-off; the same hand-off again returns the same task."""
    loop, insight = handoff.loop, handoff.loop.insight
    task, new = Task.objects.get_or_create(
        handoff_key=handoff.key,
        defaults={
            "insight": insight,
            "loop": loop,
            "team": team,
            "title": str(insight)[:200],
            "note": handoff.payload["loop"]["reason"],
            "owner": owner,
            "due_at": loop.due_at,
        },
    )
    if new:
        record("collaboration.task_added", insight, task=task.pk, owner=owner.pk, handoff=handoff.key)
        follow_loop(loop.pk)  # it may have ended while the hand-off was on its way
    return task


@transaction.atomic
def take_up(task: Task, handoff: Handoff) -> Task:
    """Tie an existing task to a hand-off: finishing it answers the hand-off. Its owner stays; it is due when its
    loop is. Refused when it has ended, or belongs to another hand-off."""
    task.refresh_from_db(from_queryset=Task.objects.select_for_update())
    if task.handoff_key == handoff.key:
        return task
    if task.done_at or task.handoff_key:
        raise Refused(f"Task {task.pk} has ended, or belongs to another hand-off.")
    task.handoff_key, task.loop, task.due_at = handoff.key, handoff.loop, handoff.loop.due_at
    task.insight = task.insight or handoff.loop.insight
    task.save(update_fields=["handoff_key", "loop", "due_at", "insight"])
    record("collaboration.task_taken_up", task.insight, task=task.pk, handoff=handoff.key)
    return task


@transaction.atomic
def begin_playbook(loop_id: int) -> list[Task]:
    """Make the tasks of the loop's playbook when it is accepted, and again after it was reopened. Returns the new
    ones."""
    loop = (
        Loop.objects.select_for_update(of=("self",))
        .select_related("version", "pivot__team", "team", "owner")
        .get(pk=loop_id)
    )
    if loop.closed_at or loop.stage not in (Stage.ACCEPTED, Stage.CHANGING):
        return []
    made = []
    came = loop.moves.filter(stage=loop.stage).order_by("-at", "-pk").values_list("at", flat=True)
    for step in playbook.steps(loop, came.first()):
        task, new = Task.objects.get_or_create(
            step_key=f"{loop.pk}-{loop.times_reopened}-{step.number}",
            defaults={
                "insight": loop.insight,
                "loop": loop,
                "team": step.owner.team or loop.team,
                "title": step.text,
                "note": step.note,
                "owner": step.owner,
                "due_at": step.due_at,
            },
        )
        if new:
            record(
                "collaboration.task_added", loop.insight, task=task.pk, owner=task.owner_id, step=step.number
            )
            made.append(task)
    return made


def follow_loop(loop_id: int) -> int:
    """The task of a hand-off is due when its loop is, and over when its loop is declined or closed, as the steps of its
    playbook are; how many changed."""
    loop = Loop.objects.get(pk=loop_id)
    theirs = Task.objects.open().filter(loop=loop).exclude(handoff_key=None)
    if loop.closed_at or loop.stage == Stage.DECLINED:
        steps = Task.objects.open().filter(loop=loop).exclude(step_key=None)
        return (theirs | steps).update(done_at=clock.now())
    return theirs.exclude(due_at=loop.due_at).update(due_at=loop.due_at)


@transaction.atomic
def finish(task: Task, *, by: Any, note: str = "", outcome: str = Answer.Outcome.DELIVERED) -> Task:
    """Finish a task. If it belongs to a hand-off, `outcome` (delivered, or declined with a note) answers that."""
    demand(by, "room.write")
    if outcome not in (Answer.Outcome.DELIVERED, Answer.Outcome.DECLINED):
        raise Refused("A task ends delivered or declined.")
    task.refresh_from_db(from_queryset=Task.objects.select_for_update())
    if task.done_at:
        return task
    task.done_at, task.done_by = clock.now(), user_of(by)
    if note.strip():
        task.note = f"{task.note}\n\n{note.strip()}".strip()
    task.save()
    if task.insight:
        record("collaboration.task_done", task.insight, by=by, task=task.pk, outcome=outcome)
    handoff = Handoff.objects.filter(key=task.handoff_key).first() if task.handoff_key else None
    if handoff is not None:
        name = str(by or task.owner)
        answers.answer(handoff, outcome, note=note, key=f"task-{task.pk}", actor_name=name, by=by)
    return task


@transaction.atomic
def hand_to(task: Task, owner: User, *, by: Any, reason: str = "") -> Task:
    """Give the task to another owner; the due date stays."""
    demand(by, "room.write")
    if task.owner_id != owner.pk and task.done_at is None:
        was, task.owner = task.owner_id, _here(owner)
        task.save(update_fields=["owner"])
        if task.insight:
            record(
                "collaboration.task_moved",
                task.insight,
                by=by,
                task=task.pk,
                was=was,
                owner=owner.pk,
                reason=reason,
            )
    return task
