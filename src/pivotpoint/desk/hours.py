"""Settings: the hours in which functions work, and who owns in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do
from pivotpoint.desk.hours_form import CalendarForm, RotaForm, initial, upcoming
from pivotpoint.lib import clock
from pivotpoint.pivot import calendars, rotas
from pivotpoint.pivot.calendar_text import DAYS, shift_words
from pivotpoint.pivot.models import Calendar, Rota
from pivotpoint.ui.stale import mark, unless_changed


@require_safe
@needs("desk.view")
def hours_page(request: HttpRequest) -> HttpResponse:
    """Every calendar and, for those who see the switchyard, every rota."""
    rows = Calendar.objects.visible_to(request.user).prefetch_related("holidays", "teams", "pivots")
    turns = Rota.objects.visible_to(request.user).select_related("pivot", "team")
    context = {
        "calendars": [(row, _days(row), upcoming(row, clock.today())) for row in rows],
        "rotas": [(row, *_now(row)) for row in turns.prefetch_related("turns__user")],
    }
    return render(request, "desk/hours.html", context)


def _days(calendar: Calendar) -> list[tuple[str, str]]:
    """Monday to Friday 09:00-17:00: days with the same hours in one line."""
    found: list[tuple[str, str]] = []
    for name, day in zip(DAYS, calendar.week, strict=True):
        words = shift_words(day)
        if found and found[-1][1] == words:
            found[-1] = (f"{found[-1][0].split('–')[0]}–{name[:3]}", words)
        else:
            found.append((name[:3], words))
    return [(name, words) for name, words in found if words]


def _now(rota: Rota) -> tuple[list[Any], int]:
    """The people in their order, and whose turn it is."""
    people = [turn.user for turn in rota.turns.all()]
    return people, people[rota.turn(clock.today(), len(people))].pk if people else 0


@require_http_methods(["GET", "HEAD", "POST"])
@needs("pivot.change")
def calendar_new(request: HttpRequest) -> HttpResponse:
    return _calendar(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("pivot.change")
def calendar_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _calendar(request, get_object_or_404(Calendar.objects.visible_to(request.user), pk=pk))


def _calendar(request: HttpRequest, calendar: Calendar | None) -> HttpResponse:
    first = initial(calendar) if calendar else None
    form = CalendarForm(request.POST or None, user=request.user, initial=first)

    def save() -> Calendar:
        return calendars.save(**form.said(), by=request.user, calendar=calendar)

    return _kept(
        request,
        form,
        save if calendar is None else lambda: unless_changed(request, calendar, initial, save),
        "What becomes due from now on counts in it.",
        ("desk/hours_calendar.html", {"calendar": calendar, "was": mark(first) if first else ""}),
    )


def _kept(
    request: HttpRequest, form: Form, verb: Callable[[], object], then: str, page: tuple[str, dict[str, Any]]
) -> HttpResponse:
    """Keep what the form says, or show it on its `page` (template and context) with what is wrong."""
    if form.is_valid():
        try:
            saved = verb()
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, f"{saved} is kept. {then}")
            return redirect("desk:hours")
    template, context = page
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


@require_POST
@needs("pivot.change")
def calendar_remove(request: HttpRequest, pk: int) -> HttpResponse:
    calendar = get_object_or_404(Calendar.objects.visible_to(request.user), pk=pk)
    done = f"{calendar} is gone; its functions count every hour."
    return do(request, lambda: calendars.remove(calendar, by=request.user), done, reverse("desk:hours"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("pivot.change")
def rota_new(request: HttpRequest) -> HttpResponse:
    return _rota(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("pivot.change")
def rota_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _rota(request, get_object_or_404(Rota.objects.visible_to(request.user), pk=pk))


def _rota(request: HttpRequest, rota: Rota | None) -> HttpResponse:
    first = _turns(rota) if rota else {"whose": request.GET.get("whose", "")}
    form = RotaForm(request.POST or None, user=request.user, initial=first)

    def save() -> Rota:
        if rota is not None:  # saved outside its lock: what is only proposed would be taken back with it
            unless_changed(request, rota, _turns, lambda: None)
        return rotas.save(form.of(), form.people(), by=request.user, **form.turns())

    return _kept(
        request,
        form,
        save,
        "It owns where a pivot is owned by its rota.",
        ("desk/hours_rota.html", {"rota": rota, "was": mark(first) if rota else ""}),
    )


def _turns(rota: Rota) -> dict[str, Any]:
    whose = f"pivot-{rota.pivot_id}" if rota.pivot_id else f"team-{rota.team_id}"
    people = [turn.user_id for turn in rota.turns.all()]
    return {"turn_days": rota.turn_days, "starts_on": rota.starts_on, "whose": whose, "people": people}


@require_POST
@needs("pivot.change")
def rota_remove(request: HttpRequest, pk: int) -> HttpResponse:
    rota = get_object_or_404(Rota.objects.visible_to(request.user), pk=pk)
    done = f"{rota} is gone; the pivot's owner owns."
    return do(request, lambda: rotas.remove(rota, by=request.user), done, reverse("desk:hours"))
