"""When people work, who owns in turn, who is away, and who is told when something is late."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.models import Team, User
from pivotpoint.accounts.permissions import user_of
from pivotpoint.lib.shapes import Named
from pivotpoint.pivot import absences, calendar_text, calendars, edit, escalation_path, rotas
from pivotpoint.pivot.api.pivots import seen_by
from pivotpoint.pivot.models import Absence, Calendar, EscalationStep, Rota

router = Router()
SEE, CHANGE = needs_scope("desk.view"), needs_scope("pivot.change")


class CalendarIn(Schema):
    """`week`: seven days, Monday first, each as “09:00-12:00, 13:00-17:00”, empty when closed; “22-6” goes over
    midnight. `holidays`: {"2026-12-25": "Christmas"}. `teams`: functions whose pivots count in it."""

    name: str
    zone: str = "UTC"
    week: list[str] = Field(min_length=7, max_length=7)
    holidays: dict[date, str] = {}
    teams: list[str] = []


class CalendarOut(Schema):
    id: int
    name: str
    zone: str
    week: list[str]
    holidays: dict[str, str]
    teams: list[str]

    @staticmethod
    def resolve_week(row: Calendar) -> list[str]:
        return [calendar_text.shift_words(day) for day in row.week]

    @staticmethod
    def resolve_holidays(row: Calendar) -> dict[str, str]:
        return {one.day.isoformat(): one.name for one in row.holidays.all()}

    @staticmethod
    def resolve_teams(row: Calendar) -> list[str]:
        return [team.key for team in row.teams.all()]


class AbsenceIn(Schema):
    """`user`: you, when not said. `deputy`: who stands in; else the next in line."""

    user: int | None = None
    starts_on: date
    ends_on: date
    deputy: int | None = None
    note: str = ""


class AbsenceOut(Schema):
    id: int
    user: Named
    starts_on: date
    ends_on: date
    deputy: Named | None
    note: str


class RotaIn(Schema):
    """Of one pivot or one function. `people` in the order of their turns."""

    pivot: int | None = None
    team: str | None = None
    people: list[int]
    turn_days: int = Field(7, ge=1, le=365)
    starts_on: date | None = None


class RotaOut(Schema):
    id: int
    pivot: int | None
    team: str | None
    people: list[Named]
    turn_days: int
    starts_on: date

    @staticmethod
    def resolve_pivot(rota: Rota) -> int | None:
        return rota.pivot_id

    @staticmethod
    def resolve_team(rota: Rota) -> str | None:
        return rota.team.key if rota.team else None

    @staticmethod
    def resolve_people(rota: Rota) -> list[User]:
        return [turn.user for turn in rota.turns.all()]


class EscalationStepIn(Schema):
    """`to`: lead, owner, person, next or administrator. `gives`: they own the loop from then on."""

    after_hours: int = 0
    to: str
    person: int | None = None
    gives: bool = False


class StepOut(Schema):
    after_hours: int
    to: str
    person: Named | None
    gives: bool


def _calendars(request: Call) -> Any:
    rows = Calendar.objects.visible_to(user_of(request.auth))
    return rows.prefetch_related("holidays", "teams")


@router.get("/calendars", response=list[CalendarOut], auth=SEE)
def list_calendars(request: Call) -> Any:
    """All calendars of business hours."""
    return _calendars(request)


@router.post("/calendars", response={201: CalendarOut}, auth=CHANGE)
def make_calendar(request: Call, said: CalendarIn) -> Status[Calendar]:
    """Make a calendar of business hours."""
    return Status(201, _save_calendar(request, said, None))


@router.put("/calendars/{int:pk}", response=CalendarOut, auth=CHANGE)
def change_calendar(request: Call, pk: int, said: CalendarIn) -> Calendar:
    """Change a calendar. Due dates that are already set stay."""
    return _save_calendar(request, said, get_object_or_404(_calendars(request), pk=pk))


def _save_calendar(request: Call, said: CalendarIn, row: Calendar | None) -> Calendar:
    teams = [get_object_or_404(Team, key=key) for key in said.teams]
    holidays = "\n".join(f"{day.isoformat()} {' '.join(name.split())}" for day, name in said.holidays.items())
    saved = calendars.save(
        said.name, said.zone, said.week, holidays, by=request.auth, teams=teams, calendar=row
    )
    return _calendars(request).get(pk=saved.pk)  # type: ignore[no-any-return]


@router.delete("/calendars/{int:pk}", response={204: None}, auth=CHANGE)
def remove_calendar(request: Call, pk: int) -> Status[None]:
    """Delete a calendar; its functions count all hours again. Refused while a pivot names it."""
    calendars.remove(get_object_or_404(_calendars(request), pk=pk), by=request.auth)
    return Status(204, None)


@router.get("/absences", response=list[AbsenceOut], auth=SEE)
def list_absences(request: Call) -> Any:
    """Present and future absences."""
    return absences.to_come(user_of(request.auth))


@router.post("/absences", response={201: AbsenceOut}, auth=SEE)
def note_absence(request: Call, said: AbsenceIn) -> Status[Absence]:
    """Record an absence. New work and escalations of these days go to the deputy, else to the next in line."""
    me = user_of(request.auth)
    people = User.objects.visible_to(me).active()
    user = get_object_or_404(people, pk=said.user) if said.user else me
    deputy = get_object_or_404(people, pk=said.deputy) if said.deputy else None
    row = absences.note(user, said.starts_on, said.ends_on, deputy, by=request.auth, why=said.note)
    return Status(201, row)


@router.delete("/absences/{int:pk}", response={204: None}, auth=SEE)
def end_absence(request: Call, pk: int) -> Status[None]:
    """End an absence: the person is back, or never left."""
    absences.end(get_object_or_404(absences.to_come(user_of(request.auth)), pk=pk), by=request.auth)
    return Status(204, None)


def _rotas(request: Call) -> Any:
    rows = Rota.objects.visible_to(user_of(request.auth)).select_related("team")
    return rows.prefetch_related("turns__user")


@router.get("/rotas", response=list[RotaOut], auth=needs_scope("pivot.view"))
def list_rotas(request: Call) -> Any:
    """All rotas, with the people in the order of their turns."""
    return _rotas(request)


@router.put("/rotas", response=RotaOut, auth=CHANGE)
def save_rota(request: Call, said: RotaIn) -> Rota:
    """Save the rota of a pivot or a function, replacing the present one."""
    whose: Any = (
        get_object_or_404(seen_by(request.auth), pk=said.pivot)
        if said.pivot
        else get_object_or_404(Team, key=said.team)
    )
    people = [get_object_or_404(User.objects.active(), pk=pk) for pk in said.people]
    row = rotas.save(whose, people, by=request.auth, turn_days=said.turn_days, starts_on=said.starts_on)
    return _rotas(request).get(pk=row.pk)  # type: ignore[no-any-return]


@router.delete("/rotas/{int:pk}", response={204: None}, auth=CHANGE)
def remove_rota(request: Call, pk: int) -> Status[None]:
    """Delete a rota."""
    rotas.remove(get_object_or_404(_rotas(request), pk=pk), by=request.auth)
    return Status(204, None)


@router.get("/pivots/{int:pk}/escalation", response=list[StepOut], auth=needs_scope("pivot.view"))
def show_path(request: Call, pk: int) -> list[EscalationStep]:
    """The escalation path of a pivot: who is told when a due date has passed. The usual path if it has none of its
    own."""
    return escalation_path.path(get_object_or_404(seen_by(request.auth), pk=pk))


@router.put("/pivots/{int:pk}/escalation", response=list[StepOut], auth=CHANGE)
def change_path(
    request: Call, pk: int, said: list[EscalationStepIn], over: int | None = None
) -> list[EscalationStep]:
    """Replace the escalation path. An empty list restores the usual path. `over`: as for PATCH /pivots/{pk}."""
    pivot = get_object_or_404(seen_by(request.auth), pk=pk)
    steps = [step.dict() | {"person": _person(step.person)} for step in said]
    edit.set_escalation(pivot, steps, by=request.auth, over=over)
    return escalation_path.path(seen_by(request.auth).get(pk=pk))


def _person(pk: int | None) -> User | None:
    return get_object_or_404(User.objects.active(), pk=pk) if pk else None
