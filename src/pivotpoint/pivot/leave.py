"""Somebody left, or may no longer act: what they owned at the pivots goes on with somebody else (law 3)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from pivotpoint.accounts.models import User
from pivotpoint.journal.record import record
from pivotpoint.pivot import stages
from pivotpoint.pivot.models import Loop, Passage, Pivot, StandingAnswer
from pivotpoint.pivot.owners import able, owner_for


@transaction.atomic
def move_work(user: User, successor: User | None, *, by: Any = None) -> int:
    """Pivots, waiting passages, open loops and standing answers of `user`; the number moved. No successor: the next in line."""
    if able(user):
        return 0
    reason = f"{user} {'has left' if user.left_at else 'may no longer act on loops'}."
    moved = 0
    for pivot in Pivot.objects.filter(owner=user).select_related("team__lead"):
        owner = owner_for(pivot, successor)
        Pivot.objects.filter(pk=pivot.pk).update(owner=owner)
        record("pivot.owner_changed", pivot, by=by, was=user.pk, owner=owner.pk, reason=reason)
        moved += 1
    for passage in Passage.objects.waiting().filter(owner=user).select_related("pivot"):
        owner = owner_for(passage.pivot, successor)
        Passage.objects.filter(pk=passage.pk).update(owner=owner)
        record("pivot.owner_changed", passage, by=by, was=user.pk, owner=owner.pk, reason=reason)
        moved += 1
    for loop in Loop.objects.open().filter(owner=user).select_related("pivot"):
        stages.hand_to(loop, owner_for(loop.pivot, successor), by, reason=reason)
        moved += 1
    for standing in StandingAnswer.objects.live().filter(owner=user).select_related("pivot__team__lead"):
        owner = owner_for(standing.pivot, successor)
        StandingAnswer.objects.filter(pk=standing.pk).update(owner=owner)
        record("pivot.owner_changed", standing, by=by, was=user.pk, owner=owner.pk, reason=reason)
        moved += 1
    return moved
