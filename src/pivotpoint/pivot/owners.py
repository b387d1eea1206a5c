"""Who answers for something: always one person who is here and may act (law 3)."""

from __future__ import annotations

from collections.abc import Iterator

from pivotpoint.accounts.models import Role, User
from pivotpoint.pivot.models import Pivot
from pivotpoint.pivot.refused import Refused


def able(user: User | None) -> bool:
    """Here, and allowed to move a loop."""
    return user is not None and user.left_at is None and user.may("loop.act")


def in_line(pivot: Pivot, *first: User | None) -> Iterator[User]:
    """Who could own, the nearest first: those given, pivot owner, team lead, listening leads, administrators."""
    yield from filter(able, (*first, pivot.owner, pivot.team.lead))  # type: ignore[misc]
    others = User.objects.active().order_by("pk")
    yield from others.filter(role=Role.LEAD)
    yield from others.filter(role=Role.ADMINISTRATOR)


def owner_for(pivot: Pivot, wanted: User | None = None) -> User:
    """The wanted one if they can, else the nearest who can."""
    owner = next(in_line(pivot, wanted), None)
    if owner is None:
        raise Refused("Nobody here can own this: no active owner, lead or administrator.")
    return owner


def demand_able(user: User) -> User:
    """Refused when a person was named who cannot own a loop."""
    if not able(user):
        why = "has left" if user.left_at or not user.is_active else "may not act on loops"
        raise Refused(f"{user} {why}; choose somebody else.")
    return user
