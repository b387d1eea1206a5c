"""Make, change and delete calendars, and find the one that applies to a pivot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction

from pivotpoint.accounts.models import Team
from pivotpoint.accounts.permissions import demand
from pivotpoint.journal.record import record
from pivotpoint.pivot import calendar_text
from pivotpoint.pivot.calendar import OpenHours
from pivotpoint.pivot.models import Calendar, Holiday, Pivot
from pivotpoint.pivot.refused import Refused


def hours_of(pivots: Iterable[Pivot]) -> dict[int, OpenHours | None]:
    """By pivot: its own calendar, else its function's, else none (plain hours). Three queries for any number."""
    known = list(pivots)
    own = {pivot.calendar_id for pivot in known if pivot.calendar_id}
    of_team = dict(Calendar.teams.through.objects.values_list("team_id", "calendar_id"))
    wanted = own | {of_team[pivot.team_id] for pivot in known if pivot.team_id in of_team}
    if not wanted:
        return dict.fromkeys((pivot.pk for pivot in known), None)
    rows = Calendar.objects.filter(pk__in=wanted).prefetch_related("holidays")
    hours = {row.pk: row.hours() for row in rows}
    return {pivot.pk: hours.get(pivot.calendar_id or of_team.get(pivot.team_id, 0)) for pivot in known}


def chosen(pivot: Pivot) -> Calendar | None:
    """The calendar itself: the pivot's own, else its function's."""
    return pivot.calendar or Calendar.objects.filter(teams=pivot.team_id).first()


def of(pivot: Pivot) -> OpenHours | None:
    return hours_of([pivot])[pivot.pk]


@transaction.atomic
def save(
    name: str,
    zone: str,
    week: Sequence[str],
    holidays: str,
    *,
    by: Any,
    teams: Collection[Team] = (),
    calendar: Calendar | None = None,
) -> Calendar:
    """A new calendar, or this one changed. What is due already stays due then; what begins from now on counts anew.

    A function has one calendar: naming it here takes it out of the other.
    """
    demand(by, "pivot.change")
    if zone not in available_timezones():
        raise Refused(f"“{zone[:60]}” is no time zone; write one such as Europe/Berlin.")
    made, row = calendar is None, calendar or Calendar()
    row.name, row.zone, row.week = name.strip(), zone, calendar_text.week(week)
    row.full_clean()
    row.save()
    Calendar.teams.through.objects.filter(team__in=teams).exclude(calendar=row).delete()
    row.teams.set(teams)
    _set_holidays(row, holidays)
    record("pivot.calendar_changed", row, by=by, made=made, calendar=row.name)
    return row


def _set_holidays(calendar: Calendar, text: str) -> None:
    days = calendar_text.holidays(text)
    calendar.holidays.all().delete()
    Holiday.objects.bulk_create(Holiday(calendar=calendar, day=day, name=name) for day, name in days.items())


@transaction.atomic
def remove(calendar: Calendar, *, by: Any) -> None:
    """Its functions count plain hours again. One that a pivot names itself is not taken away."""
    demand(by, "pivot.change")
    users = list(Pivot.objects.filter(calendar=calendar).values_list("name", flat=True)[:3])
    if users:
        raise Refused(f"{', '.join(users)} counts in these hours; give it another calendar first.")
    record("pivot.calendar_changed", calendar, by=by, removed=True, calendar=calendar.name)
    calendar.delete()
