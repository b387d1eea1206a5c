"""Whose queue is how long: what waits for each person, at the gates and on the way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from pivotpoint.accounts.models import User
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Loop, Passage


@dataclass(frozen=True, slots=True)
class Queue:
    """`loops` open and `gates` waiting passages of one owner, how many of each are late, and the oldest date."""

    owner: User
    loops: int
    gates: int
    late_loops: int
    late_gates: int
    first_due: datetime

    @property
    def late(self) -> int:
        return self.late_loops + self.late_gates


@dataclass(frozen=True, slots=True)
class _Part:
    """What waits for one owner in one place."""

    n: int = 0
    late: int = 0
    first: datetime | None = None


def queues(pivots: Collection[int]) -> list[Queue]:
    """The longest first; three queries."""
    loops = _parts(Loop.objects.open().filter(pivot__in=pivots))
    gates = _parts(Passage.objects.waiting().filter(pivot__in=pivots))
    owners = User.objects.get_queryset().in_bulk({*loops, *gates})
    found = [_queue(user, loops.get(pk, _Part()), gates.get(pk, _Part())) for pk, user in owners.items()]
    return sorted(found, key=lambda queue: (-queue.loops - queue.gates, queue.owner.pk))


def _parts(rows: QuerySet[Any]) -> dict[int, _Part]:
    late = Count("pk", filter=Q(due_at__lt=clock.now()))
    grouped = rows.order_by().values("owner").annotate(n=Count("pk"), late=late, first=Min("due_at"))
    return {row["owner"]: _Part(row["n"], row["late"], row["first"]) for row in grouped}


def _queue(owner: User, loops: _Part, gates: _Part) -> Queue:
    first = min(part.first for part in (loops, gates) if part.first)
    return Queue(owner, loops.n, gates.n, loops.late, gates.late, first)
