"""Absences: when a person is away, and who stands in for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Absence
from pivotpoint.pivot.refused import Refused


def deputies(day: date) -> dict[int, User | None]:
    """Deputies on that day, by the id of the person who is away; None where there is no deputy. One query."""
    rows = Absence.objects.on(day).select_related("deputy").order_by("pk")
    return {row.user_id: row.deputy for row in rows}


def to_come(user: Any) -> QuerySet[Absence]:
    """Present and future absences that `user` may see."""
    rows = Absence.objects.visible_to(user).standing().filter(ends_on__gte=clock.today())
    return rows.select_related("user", "deputy")


def stand_in(user: User, away: dict[int, User | None]) -> User | None:
    """The person who is present for `away`: themselves, else their deputy, else the deputy's deputy; None when all
    are away."""
    asked: set[int] = set()
    there: User | None = user
    while there is not None and there.pk in away and there.pk not in asked:
        asked.add(there.pk)
        there = away[there.pk]
    return None if there is None or there.pk in asked else there


@transaction.atomic
def note(
    user: User, starts_on: date, ends_on: date, deputy: User | None, *, by: Any, why: str = ""
) -> Absence:
    """Record an absence: new work and escalations of these days go to somebody else. Open work stays unless it is
    handed over."""
    demand_own(by, user)
    if ends_on < starts_on:
        raise Refused("The last day comes before the first.")
    if ends_on < clock.today():
        raise Refused("Those days are over already.")
    if deputy is not None and (deputy.pk == user.pk or deputy.left_at or not deputy.is_active):
        raise Refused("Choose a deputy who works here and is somebody else.")
    # Two who write at once queue up here.
    User.objects.get_queryset().select_for_update().get(pk=user.pk)
    other = Absence.objects.standing().filter(user=user, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if there := other.first():
        raise Refused(f"{there} already; take that back first.")
    row = Absence.objects.create(
        user=user,
        starts_on=starts_on,
        ends_on=ends_on,
        deputy=deputy,
        note=why.strip()[:120],
        set_by=user_of(by),
    )
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    record("pivot.absence_noted", row, by=by, user=user.pk, deputy=deputy.pk if deputy else None, **days)
    return row


@transaction.atomic
def end(absence: Absence, *, by: Any) -> Absence:
    """End an absence: the person is back, or never left."""
    demand_own(by, absence.user)
    taken_back = Absence.objects.standing().filter(pk=absence.pk)
    if taken_back.update(ended_at=clock.now(), ended_by=user_of(by)):
        record("pivot.absence_ended", absence, by=by, user=absence.user_id)
    absence.refresh_from_db()
    return absence


def demand_own(by: Any, user: User) -> None:
    """Raises unless people record their own absence, or may change pivots."""
    if by is not None and getattr(user_of(by), "pk", None) != user.pk:
        demand(by, "pivot.change")
