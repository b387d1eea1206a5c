"""Settings: the organisation, people, functions, tokens."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pivotpoint.accounts import first_run, functions, organisation, people, set_up, tokens
from pivotpoint.accounts.forms import (
    ChangeForm,
    InviteForm,
    LeaveForm,
    OrganisationForm,
    SetUpForm,
    TeamForm,
    TokenForm,
    WhoForm,
)
from pivotpoint.accounts.leave import leave
from pivotpoint.accounts.models import Installation, Team, Token, User
from pivotpoint.accounts.permissions import PERMISSIONS, may, needs, public
from pivotpoint.ui.stale import mark, unless_changed, values


@require_http_methods(["GET", "HEAD", "POST"])
@public
def setup(request: HttpRequest) -> HttpResponse:
    """The first-run wizard. Once it is through, it is gone."""
    if first_run.is_set_up():
        raise Http404
    form = SetUpForm(request.POST or None)
    if form.is_valid():
        user = set_up.set_up(**form.cleaned_data)
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        if form.cleaned_data["demo"]:
            messages.success(request, "The demo story is being played; you can look around meanwhile.")
        return redirect("/")
    return render(request, "accounts/setup.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("desk.view")
def settings_home(request: HttpRequest) -> HttpResponse:
    """The organisation: everybody may look, who manages users may change."""
    here = Installation.here()
    form = OrganisationForm(request.POST or None, initial=organisation.initial(here))
    if not may(request.user, "ledger.view"):
        form.leave_out_prices()
    if form.is_valid():

        def save(by: Any) -> None:
            unless_changed(
                request,
                here,
                organisation.initial,
                lambda: organisation.save(here, form.cleaned_data, by=by),
            )

        if _did(request, form, save):
            messages.success(request, "Kept.")
            return redirect("settings")
    shown = organisation.initial(Installation.here())
    context = {"form": form, "here": here, "was": mark(shown)}
    return render(request, "accounts/organisation.html", context, status=422 if form.errors else 200)


@require_safe
@needs("desk.view")
def people_list(request: HttpRequest) -> HttpResponse:
    everybody = User.objects.visible_to(request.user).select_related("team").order_by("left_at", "name")
    return render(request, "accounts/people.html", {"everybody": everybody, "form": InviteForm()})


@require_POST
@needs("user.manage")
def person_invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            user = people.invite(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return render(request, "accounts/invited.html", {"person": user, "door": people.door(user)})
    everybody = User.objects.visible_to(request.user).select_related("team")
    return render(request, "accounts/people.html", {"everybody": everybody, "form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("user.manage")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = ChangeForm(request.POST or None, initial={"role": user.role, "team": user.team_id})
    if form.is_valid():

        def save(by: Any) -> None:
            changed = form.cleaned_data
            unless_changed(
                request, user, values("role", "team_id"), lambda: people.change(user, **changed, by=by)
            )

        if _did(request, form, save):
            return redirect("people")
    door = "" if user.has_usable_password() or user.left_at else people.door(user)
    context = {"form": form, "leave_form": LeaveForm(leaver=user), "door": door}
    return _person(request, user, context, 422 if form.errors else 200)


def _person(request: HttpRequest, user: User, context: dict[str, Any], status: int) -> HttpResponse:
    who = WhoForm(initial={"name": user.name, "email": user.email})
    return render(
        request, "accounts/person.html", {"person": user, "who_form": who, **context}, status=status
    )


@require_POST
@needs("user.manage")
def person_who(request: HttpRequest, pk: int) -> HttpResponse:
    """Their name and the address that they log in with."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = WhoForm(request.POST)
    if form.is_valid():

        def save(by: Any) -> None:
            said = form.cleaned_data
            unless_changed(
                request, user, values("name", "email"), lambda: people.say_who(user, **said, by=by)
            )

        if _did(request, form, save):
            messages.success(request, f"{user} is kept, and logs in with {user.email}.")
            return redirect("person", pk)
    shown = User.objects.get_queryset().get(pk=pk)
    change_form = ChangeForm(initial={"role": shown.role, "team": shown.team_id})
    context = {"who_form": form, "form": change_form, "leave_form": LeaveForm(leaver=shown)}
    return _person(request, shown, context, 422)


@require_POST
@needs("user.manage")
def person_leave(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = LeaveForm(request.POST, leaver=user)
    if form.is_valid() and _did(request, form, leave, user, form.cleaned_data["successor"]):
        messages.success(request, f"{user} has left; {form.cleaned_data['successor']} has the open work.")
        return redirect("people")
    return _person(request, user, {"form": ChangeForm(initial={"role": user.role}), "leave_form": form}, 422)


def _did(request: HttpRequest, form: Any, verb: Any, *args: Any, **kwargs: Any) -> bool:
    """Run the verb; its refusal becomes the form's error."""
    try:
        verb(*args, **kwargs, by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_safe
@needs("desk.view")
def team_list(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/teams.html", {"teams": Team.objects.select_related("lead")})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("user.manage")
def team(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Team.objects.visible_to(request.user), key=key)
    form = TeamForm(request.POST or None, instance=found)
    shown = values("name", "mark", "email", "lead_id")
    if form.is_valid():

        def save(by: Any) -> None:
            changed = form.cleaned_data
            unless_changed(request, found, shown, lambda: functions.change(found, **changed, by=by))

        if _did(request, form, save):
            messages.success(request, f"{found.name} is kept.")
            return redirect("teams")
    was = mark(shown(Team.objects.get(pk=found.pk)))
    return render(request, "accounts/team.html", {"team": found, "form": form, "was": was})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("user.manage")
def team_add(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.POST or None)
    if form.is_valid() and _did(request, form, functions.add, **form.cleaned_data):
        messages.success(request, f"{form.cleaned_data['name']} is a function now.")
        return redirect("teams")
    return render(request, "accounts/team.html", {"form": form})


@require_safe
@needs("token.manage")
def token_list(request: HttpRequest) -> HttpResponse:
    return _tokens(request, {"form": TokenForm()})


def _tokens(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    rows = Token.objects.visible_to(request.user).select_related("user")
    shown = {"tokens": rows, "says": PERMISSIONS, **context}
    return render(request, "accounts/tokens.html", shown, status=status)


@require_POST
@needs("token.manage")
def token_issue(request: HttpRequest) -> HttpResponse:
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _tokens(request, {"form": form}, 422)
    token, secret = tokens.issue(request.user, **form.cleaned_data)
    return _tokens(request, {"form": TokenForm(), "made": token, "secret": secret})


@require_POST
@needs("token.manage")
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(Token.objects.visible_to(request.user), pk=pk)
    tokens.revoke(token, by=request.user)
    messages.success(request, f"{token.name} no longer opens anything.")
    return redirect("tokens")
