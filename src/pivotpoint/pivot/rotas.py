"""Make and change rotas; who is in turn."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from django.db import transaction

from pivotpoint.accounts.models import Team, User
from pivotpoint.accounts.permissions import demand
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot.changing import changing, keep
from pivotpoint.pivot.models import Pivot, Rota, Turn
from pivotpoint.pivot.owners import able, demand_able
from pivotpoint.pivot.refused import Refused


def save(
    whose: Pivot | Team, people: Sequence[User], *, by: Any, turn_days: int = 7, starts_on: date | None = None
) -> Rota:
    """Make or change the rota of a pivot or function. Loops keep their owners."""
    demand(by, "pivot.change")
    if not people:
        raise Refused("A rota needs people; choose one at least.")
    if len({user.pk for user in people}) != len(people):
        raise Refused("Everybody has one place in a rota.")
    for user in people:
        demand_able(user)
    place = {"pivot": whose} if isinstance(whose, Pivot) else {"team": whose}
    with _version(whose, by):
        rota = Rota.objects.filter(**place).first() or Rota(**place)
        rota.turn_days, rota.starts_on = turn_days, starts_on or clock.today()
        rota.full_clean()
        rota.save()
        rota.turns.all().delete()
        Turn.objects.bulk_create(Turn(rota=rota, position=n, user=user) for n, user in enumerate(people))
        record("pivot.rota_changed", rota, by=by, people=[user.pk for user in people], **_subject(rota))
    return rota


def _version(whose: Pivot | Team | None, by: Any) -> AbstractContextManager[object]:
    """A pivot's own rota is part of it, so a change is a version of it; a function's is not."""
    return changing(whose, by=by) if isinstance(whose, Pivot) else transaction.atomic()


def remove(rota: Rota, *, by: Any) -> None:
    """Delete the rota; the pivot's owner owns new loops again."""
    demand(by, "pivot.change")
    with _version(rota.pivot, by):
        record("pivot.rota_changed", rota, by=by, removed=True, **_subject(rota))
        rota.delete()


def _subject(rota: Rota) -> dict[str, Any]:
    return {"pivot": rota.pivot_id, "team": rota.team_id}


def leave(user: User, successor: User | None, *, by: Any) -> None:
    """Give a leaver's places in rotas to the successor, or remove them."""
    for turn in Turn.objects.filter(user=user).select_related("rota__pivot"):
        taken = successor is None or not able(successor) or turn.rota.turns.filter(user=successor).exists()
        if taken:
            turn.delete()
        else:
            Turn.objects.filter(pk=turn.pk).update(user=successor)
        if turn.rota.pivot is not None:
            keep(turn.rota.pivot, by=by, reason=f"{user} has left the rota.")
        left = list(turn.rota.turns.values_list("user_id", flat=True))
        record("pivot.rota_changed", turn.rota, by=by, people=left, **_subject(turn.rota))
