"""Somebody left, may no longer act, or hands over: what they owned at the pivots goes on with somebody else (law 3)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from pivotpoint.accounts.models import User
from pivotpoint.journal.record import record
from pivotpoint.pivot import rotas, stages
from pivotpoint.pivot.changing import keep
from pivotpoint.pivot.models import EscalationStep, Loop, Passage, Pivot, StandingAnswer
from pivotpoint.pivot.owners import able, owner_for


@transaction.atomic
def move_work(user: User, successor: User | None, *, by: Any = None) -> int:
    """Pivots, waiting passages, open loops and standing answers of `user`; the number moved. No successor: the next in line."""
    if able(user):
        return 0
    reason = f"{user} {'has left' if user.left_at else 'may no longer act on loops'}."
    heir = successor if able(successor) else None
    rotas.leave(user, heir, by=by)
    if heir:
        EscalationStep.objects.filter(person=user).update(person=heir)
    moved = 0
    for pivot in Pivot.objects.filter(owner=user).select_related("team__lead"):
        # A pivot is theirs for good, also when they happen to be away today.
        owner = heir or owner_for(pivot)
        keep(pivot)
        Pivot.objects.filter(pk=pivot.pk).update(owner=owner)
        keep(pivot, by=by, reason=reason)
        record("pivot.owner_changed", pivot, by=by, was=user.pk, owner=owner.pk, reason=reason)
        moved += 1
    return moved + _move(user, heir, reason, by)


@transaction.atomic
def hand_over(user: User, successor: User, *, by: Any, reason: str) -> int:
    """All that waits for `user` or is under way with them, on purpose, while they stay; their pivots stay theirs.

    A successor who cannot own loops gets none of them.
    """
    return _move(user, successor, reason, by, on_purpose=True) if able(successor) else 0


def _move(user: User, heir: User | None, reason: str, by: Any, *, on_purpose: bool = False) -> int:
    moved = 0
    for passage in Passage.objects.waiting().filter(owner=user).select_related("pivot__team__lead"):
        owner = heir if heir and on_purpose else owner_for(passage.pivot, heir)
        Passage.objects.filter(pk=passage.pk).update(owner=owner)
        record("pivot.owner_changed", passage, by=by, was=user.pk, owner=owner.pk, reason=reason)
        moved += 1
    for loop in Loop.objects.open().filter(owner=user).select_related("pivot__team__lead"):
        owner = heir if heir and on_purpose else owner_for(loop.pivot, heir)
        stages.hand_to(loop, owner, by, reason=reason)
        moved += 1
    for standing in StandingAnswer.objects.live().filter(owner=user).select_related("pivot__team__lead"):
        owner = heir if heir and on_purpose else owner_for(standing.pivot, heir)
        StandingAnswer.objects.filter(pk=standing.pk).update(owner=owner)
        record("pivot.owner_changed", standing, by=by, was=user.pk, owner=owner.pk, reason=reason)
        moved += 1
    return moved
