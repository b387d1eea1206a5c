"""Somebody left: their open tasks go on with their successor (law 3)."""

from __future__ import annotations

from pivotpoint.accounts.models import User
from pivotpoint.collaboration import tasks
from pivotpoint.collaboration.models import Task
from pivotpoint.pivot.owners import able
from pivotpoint.pivot.refused import Refused


def move_tasks(user: User, successor: User | None) -> int:
    """Returns the number of tasks moved. If the successor cannot take tasks, the loop's owner gets them, else
    anybody who can."""
    moved = 0
    for task in Task.objects.open().filter(owner=user).select_related("loop__owner", "insight"):
        tasks.hand_to(task, _next(task, successor), by=None, reason=f"{user} has left.")
        moved += 1
    return moved


def hand_over(user: User, successor: User, reason: str) -> int:
    """Hand tasks over while both stay; returns the number moved. A successor who cannot take tasks gets none."""
    if successor.left_at or not successor.may("room.write"):
        return 0
    rows = Task.objects.open().filter(owner=user).select_related("loop__owner", "insight")
    return len([tasks.hand_to(task, successor, by=None, reason=reason) for task in rows])


def _next(task: Task, successor: User | None) -> User:
    loop_owner = task.loop.owner if task.loop else None
    others = User.objects.active().filter(role__in=("lead", "administrator")).order_by("-role", "pk")
    for user in (successor, loop_owner, *others):
        if user is not None and (able(user) or (user.left_at is None and user.may("room.write"))):
            return user
    raise Refused("Nobody here can take the tasks of somebody who left.")
