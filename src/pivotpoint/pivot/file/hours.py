"""Business hours in the file: each calendar with its zone, week, holidays and functions, as people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pivotpoint.accounts.models import Team
from pivotpoint.pivot import calendar_text, calendars, expected
from pivotpoint.pivot.calendar_text import DAYS
from pivotpoint.pivot.models import Calendar
from pivotpoint.pivot.refused import Refused

KEYS = ("name", "zone", "week", "holidays", "teams")


def written() -> list[dict[str, Any]]:
    """All calendars by name; closed days, and lists without anything, are left out."""
    rows = Calendar.objects.order_by("name").prefetch_related("holidays", "teams")
    return [said(row) for row in rows]


def said(calendar: Calendar) -> dict[str, Any]:
    """One calendar as the file has it."""
    days = zip(DAYS, calendar.week, strict=True)
    found: dict[str, Any] = {
        "name": calendar.name,
        "zone": calendar.zone,
        "week": {name: calendar_text.shift_words(day) for name, day in days if day},
        "holidays": [str(row) for row in calendar.holidays.all()],
        "teams": sorted(team.key for team in calendar.teams.all()),
    }
    return {key: value for key, value in found.items() if value}


def take_in(wanted: Sequence[Mapping[str, Any]], *, by: Any) -> list[tuple[str, bool, list[str]]]:
    """Make these calendars so; others stay. Of each that changed: its name, whether it is new, and the difference."""
    done = []
    for one in wanted:
        with expected.at(f"Calendar “{one['name']}”"):
            done += _one(one, by)
    return done


def _one(wanted: Mapping[str, Any], by: Any) -> list[tuple[str, bool, list[str]]]:
    now = _plain(wanted)
    row = Calendar.objects.filter(name=now["name"]).first()
    was = said(row) if row else {}
    if was == now:
        return []
    week = [now["week"].get(day, "") for day in DAYS]
    teams = Team.objects.filter(key__in=now.get("teams", ()))
    holidays = "\n".join(now.get("holidays", ()))
    calendars.save(now["name"], now["zone"], week, holidays, by=by, teams=list(teams), calendar=row)
    return [(now["name"], row is None, _differences(was, now) if row else [])]


def _plain(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """As `said` would have it, whichever way its hours are written."""
    expected.demand_known(wanted, KEYS, "a calendar")
    week, zone = wanted.get("week"), wanted.get("zone")
    if not isinstance(week, Mapping) or not set(map(str, week)) <= set(DAYS):
        raise Refused(f"week is made of days, {DAYS[0]} to {DAYS[-1]}, each with its hours.")
    if not isinstance(zone, str) or not zone:
        raise Refused("zone is missing; write one such as Europe/Berlin.")
    read = calendar_text.week([str(week.get(day) or "") for day in DAYS])
    holidays = calendar_text.holidays("\n".join(_words(wanted, "holidays")))
    found = {
        "name": wanted["name"],
        "zone": zone,
        "week": {
            day: calendar_text.shift_words(shifts) for day, shifts in zip(DAYS, read, strict=True) if shifts
        },
        "holidays": [f"{day:%Y-%m-%d} {name}".strip() for day, name in sorted(holidays.items())],
        "teams": _teams(wanted),
    }
    return {key: value for key, value in found.items() if value}


def _teams(wanted: Mapping[str, Any]) -> list[str]:
    """Keys of functions, sorted; Refused when there is no such function."""
    teams = sorted(set(_words(wanted, "teams")))
    known = set(Team.objects.values_list("key", flat=True))
    missing = next((key for key in teams if key not in known), None)
    if missing is not None:
        raise Refused(f"teams: there is no “{missing}”; there are {', '.join(sorted(known)) or 'none'}.")
    return teams


def _words(wanted: Mapping[str, Any], key: str) -> list[str]:
    found = wanted.get(key) or []
    if not isinstance(found, list | tuple) or not all(isinstance(one, str) for one in found):
        raise Refused(f"{key} is a list, one on each line.")
    return list(found)


def _differences(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """“Monday 09:00-17:00 → 08:00-16:00”, “Holiday 2026-12-25 Christmas is new”."""
    found = [f"Time zone {was['zone']} → {now['zone']}"] if was["zone"] != now["zone"] else []
    for day in DAYS:
        before, after = (each["week"].get(day, "closed") for each in (was, now))
        found += [f"{day} {before} → {after}"] if before != after else []
    for key, label in (("holidays", "Holiday"), ("teams", "Function")):
        old, new = was.get(key, []), now.get(key, [])
        found += [f"{label} {one} is gone" for one in old if one not in new]
        found += [f"{label} {one} is new" for one in new if one not in old]
    return found
