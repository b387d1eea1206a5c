"""Settings: who is away, who stands in, and open work handed over on purpose."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from pivotpoint.accounts.leave import hand_over
from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do
from pivotpoint.desk.hours_form import AbsenceForm, HandOverForm
from pivotpoint.desk.nobody import open_work
from pivotpoint.pivot import absences


@require_http_methods(["GET", "HEAD", "POST"])
@needs("desk.view")
def away_page(request: HttpRequest) -> HttpResponse:
    """Everybody says it of themselves; who changes pivots also of others, for somebody is ill without warning."""
    user: Any = request.user
    form = AbsenceForm(request.POST or None, user=user)
    if form.is_valid():
        try:
            said = _note(user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, said)
            return redirect("desk:away")
    return _page(request, form, HandOverForm(user=user), 422 if form.errors else 200)


def _page(request: HttpRequest, form: AbsenceForm, handing: HandOverForm, status: int) -> HttpResponse:
    user: Any = request.user
    context = {
        "form": form,
        "handing": handing,
        "absences": absences.to_come(user),
        "mine": open_work(user),
        "may_all": user.may("pivot.change"),
    }
    return render(request, "desk/away.html", context, status=status)


@transaction.atomic
def _note(by: Any, **said: Any) -> str:
    """The absence, and the open work when it is to go along."""
    user, deputy = said.get("user") or by, said["deputy"]
    row = absences.note(user, said["starts_on"], said["ends_on"], deputy, by=by, why=said["note"])
    if said["hand_over"] and deputy:
        hand_over(user, deputy, by=by, reason=f"{row}.")
        return f"{row}. {deputy} stands in and takes the open work over."
    return f"{row}. {deputy or 'The next in line'} stands in."


@require_POST
@needs("desk.view")
def away_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(absences.to_come(request.user), pk=pk)
    done = f"{row.user} is there."
    return do(request, lambda: absences.end(row, by=request.user), done, reverse("desk:away"))


@require_POST
@needs("desk.view")
def away_hand_over(request: HttpRequest) -> HttpResponse:
    """The whole list, on purpose."""
    user: Any = request.user
    form = HandOverForm(request.POST, user=user)
    if form.is_valid():
        said = form.cleaned_data
        try:
            hand_over(said.get("user") or user, said["successor"], by=user, reason=said["reason"])
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, f"{said['successor']} takes the open work over.")
            return redirect("desk:away")
    return _page(request, AbsenceForm(user=user), form, 422)
