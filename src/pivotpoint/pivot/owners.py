"""Choose an accountable owner: always one person who has not left, is not away and may act (law 3)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from pivotpoint.accounts.models import Role, User
from pivotpoint.lib import clock
from pivotpoint.pivot.absences import deputies, stand_in
from pivotpoint.pivot.models import Ownership, Pivot, Rota
from pivotpoint.pivot.refused import Refused


def able(user: User | None) -> bool:
    """Whether the user has not left and may move loops."""
    return user is not None and user.left_at is None and user.may("loop.act")


def in_line(pivot: Pivot, *first: User | None) -> Iterator[User]:
    """Candidates for the owner, in order of preference: those given, whoever the pivot names
    (person, function's lead, rota), its
    owner, the team's lead, listening leads, administrators.

    Who is away is replaced by their deputy, and considered only when nobody else is left.
    """
    away, there = deputies(clock.today()), set[int]()
    line: list[User] = []
    for user in _line(pivot, first):
        if user is None or not able(user):
            continue
        line.append(user)
        present = stand_in(user, away)
        if present is not None and able(present) and present.pk not in there:
            there.add(present.pk)
            yield present
    yield from (user for user in line if user.pk not in there)


def _line(pivot: Pivot, first: tuple[User | None, ...]) -> Iterator[User | None]:
    yield from first
    yield from _named(pivot)
    yield pivot.owner
    yield pivot.team.lead
    others = User.objects.active().order_by("pk")
    yield from others.filter(role=Role.LEAD)
    yield from others.filter(role=Role.ADMINISTRATOR)


def _named(pivot: Pivot) -> list[User | None]:
    """Whom the pivot's kind of ownership names at this moment."""
    if pivot.owned_by == Ownership.TEAM:
        return [pivot.team.lead]
    return list(in_turn(pivot)) if pivot.owned_by == Ownership.ROTA else []


def in_turn(pivot: Pivot) -> list[User]:
    """The people of the pivot's rota, else of its function's, beginning with today's turn."""
    rotas = Rota.objects.filter(Q(pivot=pivot) | Q(team=pivot.team_id)).prefetch_related("turns__user")
    # The pivot's own rota goes before its function's; an empty one is none.
    for rota in sorted(rotas, key=lambda rota: rota.pivot_id is None):
        people = [turn.user for turn in rota.turns.all()]
        if people:
            at = rota.turn(clock.today(), len(people))
            return people[at:] + people[:at]
    return []


def owner_for(pivot: Pivot, wanted: User | None = None) -> User:
    """The wanted owner if they can own, else the first candidate who can."""
    owner = next(in_line(pivot, wanted), None)
    if owner is None:
        raise Refused("Nobody here can own this: no active owner, lead or administrator.")
    return owner


def colleague(email: object) -> User:
    """The colleague with this e-mail address; Refused when there is none."""
    user = User.objects.active().filter(email__iexact=str(email)).first()
    if user is None:
        raise Refused(f"nobody here has the e-mail {email}.")
    return user


def demand_able(user: User) -> User:
    """Raises Refused when this person cannot own a loop."""
    if not able(user):
        why = "has left" if user.left_at or not user.is_active else "may not act on loops"
        raise Refused(f"{user} {why}; choose somebody else.")
    return user
