"""Somebody leaves, or hands their work over: it has a new owner before they are gone (law 3)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.models import Team, Token, User
from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.journal.record import record
from pivotpoint.lib import clock


@transaction.atomic
def leave(user: User, successor: User, *, by: Any) -> None:
    """`user` can no longer log in; every stage moves what they own to `successor` (accounts.user_left), teams their lead."""
    demand(by, "user.manage")
    user = User.objects.get_queryset().select_for_update().get(pk=user.pk)
    if user.left_at:
        return
    if successor.pk == user.pk or successor.left_at or not successor.is_active:
        raise ValidationError("Choose a successor who works here.")
    if user.role == "administrator" and not _other_administrator(user):
        raise ValidationError("The last administrator can't leave; make somebody else administrator first.")
    user.left_at, user.is_active = clock.now(), False
    user.save(update_fields=["left_at", "is_active"])
    Team.objects.filter(lead=user).update(lead=successor)
    Token.objects.filter(user=user, revoked_at=None).update(revoked_at=clock.now())
    record("accounts.user_left", user, by=by, successor=successor.pk)


@transaction.atomic
def hand_over(user: User, successor: User, *, by: Any, reason: str = "") -> None:
    """All open work of somebody who stays, for an absence or for good (accounts.work_handed_over): each stage moves
    what the successor may own. Everybody hands over their own; who changes pivots, anybody's."""
    if by is not None and getattr(user_of(by), "pk", None) != user.pk:
        demand(by, "pivot.change")
    if successor.pk == user.pk or successor.left_at or not successor.is_active:
        raise ValidationError("Choose somebody else who works here.")
    if not any(map(successor.may, ("loop.act", "reply.send", "room.write"))):
        raise ValidationError(f"{successor} may own nothing; choose somebody else.")
    why = reason.strip()[:300] or f"{user} handed their work over."
    record("accounts.work_handed_over", user, by=by, successor=successor.pk, reason=why)


def _other_administrator(user: User) -> bool:
    return User.objects.active().filter(role="administrator").exclude(pk=user.pk).exists()
