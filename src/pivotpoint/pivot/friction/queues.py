"""Whose queue is how long: what waits for each person, at the gates and on the way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from pivotpoint.accounts.models import User
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Loop, Passage


@dataclass(frozen=True, slots=True)
class Queue:
    """`loops` open and `gates` waiting passages of one owner, how many of both are late, and the oldest date."""

    owner: User
    loops: int
    gates: int
    late: int
    first_due: datetime


def queues(pivots: Collection[int]) -> list[Queue]:
    """The longest first; three queries."""
    late = Count("pk", filter=Q(due_at__lt=clock.now()))
    asked = {"n": Count("pk"), "late": late, "first": Min("due_at")}
    loops = Loop.objects.open().filter(pivot__in=pivots).order_by().values("owner").annotate(**asked)
    gates = Passage.objects.waiting().filter(pivot__in=pivots).order_by().values("owner").annotate(**asked)
    by_loop, by_gate = ({row["owner"]: row for row in rows} for rows in (loops, gates))
    owners = User.objects.get_queryset().in_bulk({*by_loop, *by_gate})
    none = {"n": 0, "late": 0, "first": None}
    found = [_queue(user, by_loop.get(pk, none), by_gate.get(pk, none)) for pk, user in owners.items()]
    return sorted(found, key=lambda queue: (-queue.loops - queue.gates, queue.owner.pk))


def _queue(owner: User, loops: dict[str, object], gates: dict[str, object]) -> Queue:
    first: datetime = min(one["first"] for one in (loops, gates) if one["first"])  # type: ignore[type-var,assignment]
    return Queue(
        owner=owner,
        loops=int(str(loops["n"])),
        gates=int(str(gates["n"])),
        late=int(str(loops["late"])) + int(str(gates["late"])),
        first_due=first,
    )
