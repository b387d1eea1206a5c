"""The rotas of functions in the file: who owns in turn what comes to the pivots that have no rota of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pivotpoint.accounts.models import Team, User
from pivotpoint.pivot import expected, rotas
from pivotpoint.pivot.models import Rota
from pivotpoint.pivot.owners import colleague
from pivotpoint.pivot.refused import Refused

KEYS = ("team", "people", "turn_days", "starts_on")


def written() -> list[dict[str, Any]]:
    """By function; a pivot's own rota stands with the pivot."""
    rows = Rota.objects.exclude(team=None).select_related("team").prefetch_related("turns__user")
    return [said(row) for row in rows.order_by("team__key")]


def said(rota: Rota) -> dict[str, Any]:
    people = [turn.user.email for turn in rota.turns.all()]
    key = rota.team.key if rota.team else ""
    return {
        "team": key,
        "people": people,
        "turn_days": rota.turn_days,
        "starts_on": rota.starts_on.isoformat(),
    }


def take_in(wanted: Sequence[Any], *, by: Any) -> list[tuple[str, bool, list[str]]]:
    """Make these rotas so; others stay. Of each that changed: its function, whether it is new, and the difference."""
    done = []
    for number, one in enumerate(wanted, 1):
        if not isinstance(one, Mapping) or not one.get("team"):
            raise Refused(f"Rota {number} has no team.")
        with expected.at(f"Rota of {one['team']}"):
            done += _one(one, by)
    expected.demand_once([one["team"] for one in wanted], "Rota of {}".format)
    return done


def _one(wanted: Mapping[str, Any], by: Any) -> list[tuple[str, bool, list[str]]]:
    expected.demand_known(wanted, KEYS, "a rota")
    team = Team.objects.filter(key=str(wanted["team"])).first()
    if team is None:
        there = ", ".join(Team.objects.values_list("key", flat=True)) or "none"
        raise Refused(f"there is no function “{wanted['team']}”; there are {there}.")
    row = Rota.objects.filter(team=team).prefetch_related("turns__user").first()
    was = said(row) if row else {}
    people, days = _people(wanted), _days(wanted)
    first = expected.day(wanted.get("starts_on"), "starts_on")
    now = {
        "team": team.key,
        "people": [user.email for user in people],
        "turn_days": days,
        "starts_on": first.isoformat(),
    }
    if was == now:
        return []
    rotas.save(team, people, by=by, turn_days=days, starts_on=first)
    return [(team.name, row is None, [f"{_words(was)} → {_words(now)}"] if row else [])]


def _people(wanted: Mapping[str, Any]) -> list[User]:
    emails = wanted.get("people")
    if not isinstance(emails, list):
        raise Refused("people is a list of e-mail addresses, one on each line.")
    return [colleague(email) for email in emails]


def _days(wanted: Mapping[str, Any]) -> int:
    days = wanted.get("turn_days", 7)
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= 366:
        raise Refused(f"turn_days is a number from 1 to 366, not “{days}”.")
    return days


def _words(rota: Mapping[str, Any]) -> str:
    return f"{', '.join(rota['people'])}, {rota['turn_days']} days each, from {rota['starts_on']}"
