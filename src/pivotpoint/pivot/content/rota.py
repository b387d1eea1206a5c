"""A pivot's own rota as data: who owns in turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pivotpoint.accounts.models import User
from pivotpoint.pivot import expected
from pivotpoint.pivot.content.parts import Part
from pivotpoint.pivot.models import Pivot, Rota, Turn
from pivotpoint.pivot.owners import colleague, demand_able
from pivotpoint.pivot.refused import Refused


def read(pivot: Pivot) -> dict[str, Any] | None:
    rota = getattr(pivot, "rota", None)
    if rota is None:
        return None
    people = [turn.user.email for turn in rota.turns.all()]
    return {"people": people, "turn_days": rota.turn_days, "starts_on": rota.starts_on.isoformat()}


def write(pivot: Pivot, wanted: Any) -> None:
    """The rota is so from now on; what is owned already stays."""
    if wanted == read(pivot):
        return
    Rota.objects.filter(pivot=pivot).delete()
    if wanted is None:
        return
    if not isinstance(wanted, Mapping) or set(wanted) - {"people", "turn_days", "starts_on"}:
        raise Refused("rota is made of people, turn_days and starts_on.")
    people = [_person(email) for email in wanted.get("people") or []]
    if not people or len({user.pk for user in people}) != len(people):
        raise Refused("A rota needs people, and everybody has one place in it.")
    rota = Rota(
        pivot=pivot,
        turn_days=wanted.get("turn_days", 7),
        starts_on=expected.day(wanted.get("starts_on"), "rota: starts_on"),
    )
    rota.full_clean()
    rota.save()
    Turn.objects.bulk_create(Turn(rota=rota, position=n, user=user) for n, user in enumerate(people))


def _person(email: Any) -> User:
    with expected.at("rota"):
        user = colleague(email)
    demand_able(user)
    return user


def words(old: Any, new: Any) -> list[str]:
    return [f"Rota: {_said(old)} → {_said(new)}"]


def _said(rota: Any) -> str:
    if not rota:
        return "none"
    people = ", ".join(map(str, rota.get("people", [])))
    return f"{people}, {rota.get('turn_days', 7)} days each, from {rota.get('starts_on')}"


PART = Part("rota", read, write, words, label="Rota", rows=("rota__turns__user",))
