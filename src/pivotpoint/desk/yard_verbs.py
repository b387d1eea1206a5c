"""Make and change pivots, their gates, rules and destinations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from pivotpoint.accounts.models import Team, User
from pivotpoint.accounts.permissions import needs
from pivotpoint.desk import rule_form, rule_shown, uncovered
from pivotpoint.desk.doing import do, over, seen
from pivotpoint.desk.hours_form import PivotHours
from pivotpoint.enterprise.connectors import kinds
from pivotpoint.enterprise.systems.check import check_one
from pivotpoint.pivot import edit, handoffs, opening, versions
from pivotpoint.pivot.models import Destination, Gate, Pivot
from pivotpoint.pivot.opening import Unseen
from pivotpoint.pivot.replay import Replay, replay


def _hours(initial: int, label: str) -> forms.IntegerField:
    return forms.IntegerField(min_value=1, max_value=24 * 365, initial=initial, label=label)


class PivotForm(PivotHours):
    """What a pivot is, besides its rules and destinations."""

    name = forms.CharField(max_length=80, label="Name", help_text="Owners read this in their own system.")
    process = forms.CharField(max_length=120, required=False, label="The process that it serves")
    team = forms.ModelChoiceField(Team.objects.none(), label="Function", empty_label="Choose")
    owner = forms.ModelChoiceField(User.objects.none(), label="Owner", empty_label="Choose")
    gate = forms.ChoiceField(
        choices=Gate.choices, widget=forms.RadioSelect, initial=Gate.CHECKED, label="Gate"
    )
    pass_hours = _hours(24, "Hours to decide at the gate")
    accept_hours = _hours(48, "Hours to accept or decline")
    act_hours = _hours(336, "Hours to deliver the change")
    tell_hours = _hours(72, "Hours to tell everyone")
    outside_measure = forms.CharField(
        max_length=120, required=False, label="Outside measure", help_text="What the customers would notice."
    )
    inside_measure = forms.CharField(
        max_length=120, required=False, label="Inside measure", help_text="What the process would notice."
    )
    position = forms.IntegerField(
        min_value=0,
        max_value=999,
        label="Order",
        help_text="The first pivot whose rules catch an insight takes it.",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["team"].queryset = Team.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["owner"].queryset = User.objects.visible_to(user).active()  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("pivot.change")
def pivot_new(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("pivot.change")
def pivot_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Pivot.objects.visible_to(request.user), pk=pk))


def _edit(request: HttpRequest, pivot: Pivot | None) -> HttpResponse:
    """A button of the rules (`edit`) shows the form again; the other button saves everything."""
    if request.method != "POST":
        form = PivotForm(user=request.user, initial=_initial(pivot))
        rules = rule_form.stored(pivot.rules.all()) if pivot else uncovered.begun(request)
        return _form(request, pivot, form, rules)
    form, rules = PivotForm(request.POST, user=request.user), rule_form.sent(request.POST)
    if change := request.POST.get("edit"):
        return _form(request, pivot, form, rule_form.edited(rules, change))
    if form.is_valid():
        try:
            why, fields = request.POST.get("reason", ""), form.cleaned_data
            saved = edit.save(
                fields,
                by=request.user,
                pivot=pivot,
                rules=rules,
                reason=why,
                seen=seen(request),
                over=over(request),
            )
        except Unseen as unseen:
            form.add_error("gate", str(unseen))
            return _form(request, pivot, form, rules, unseen=True)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, f"{saved} is kept. It decides from now on.")
            return redirect("desk:pivot", saved.pk)
    return _form(request, pivot, form, rules)


def _initial(pivot: Pivot | None) -> dict[str, Any]:
    if pivot is None:
        return {"position": Pivot.objects.count()}
    return {name: getattr(pivot, name) for name in edit.FIELDS}


def _form(
    request: HttpRequest,
    pivot: Pivot | None,
    form: PivotForm,
    rules: list[rule_form.Draft],
    *,
    unseen: bool = False,
) -> HttpResponse:
    context = {
        "pivot": pivot,
        "form": form,
        "unseen": unseen,
        "version": over(request) or (versions.current(pivot).number if pivot else None),
        "worked": opening.worked(pivot) if pivot else None,
        **rules_shown(pivot, rules, _place(request)),
    }
    return render(request, "desk/pivot_form.html", context)


def _rules(rules: list[rule_form.Draft], replay: Replay | None) -> dict[str, Any]:
    return {"rules": rule_shown.shown(rules, replay), "fields": rule_shown.fields(rules)}


def rules_shown(
    pivot: Pivot | None, rules: list[rule_form.Draft], position: int | None = None
) -> dict[str, Any]:
    """What the controls of rules need, and what these rules would have caught, for another form."""
    tried = _tried(pivot, rules, position)
    return {**_rules(rules, tried["replay"]), **tried}


def _place(request: HttpRequest) -> int | None:
    """The order that the form asks for: who comes first decides who takes what."""
    said = request.POST.get("position", "")
    return int(said) if said.isdecimal() and len(said) < 4 else None


def _tried(pivot: Pivot | None, rules: list[rule_form.Draft], position: int | None) -> dict[str, Any]:
    """What the rules would have done in 90 days, or the sentence that says what is wrong with them."""
    if not rules:
        return {
            "replay": None,
            "refused": "Without a rule nothing goes through; a person can still hand over.",
        }
    try:
        result: Replay = replay(rules, instead_of=pivot, position=position)
    except ValidationError as refusal:
        return {"replay": None, "refused": " ".join(refusal.messages)}
    return {"replay": result, "refused": ""}


@require_POST
@needs("pivot.view")
def rules_try(request: HttpRequest) -> HttpResponse:
    """While somebody edits: the replay, and the rules' own controls when a button or another field changed them."""
    changed = request.headers.get("HX-Trigger-Name", "")
    rules = rule_form.edited(rule_form.sent(request.POST, changed), request.POST.get("edit", ""))
    value = request.POST.get("pivot", "")
    rows = Pivot.objects.visible_to(request.user)
    pivot = rows.filter(pk=value).first() if value.isdecimal() and len(value) < 19 else None
    tried = _tried(pivot, rules, _place(request))
    context = {**_rules(rules, tried["replay"]), **tried, "part": request.GET.get("part", "")}
    return render(request, "desk/_tried.html", context)


@require_POST
@needs("pivot.change")
def pivot_gate(request: HttpRequest, pk: int) -> HttpResponse:
    pivot = get_object_or_404(Pivot.objects.visible_to(request.user), pk=pk)
    gate = request.POST.get("gate", "")
    done = f"The gate of {pivot} is {gate}."
    return do(
        request, lambda: edit.set_gate(pivot, gate, by=request.user, seen=seen(request)), done, _page(pk)
    )


@require_POST
@needs("pivot.change")
def pivot_close(request: HttpRequest, pk: int) -> HttpResponse:
    pivot = get_object_or_404(Pivot.objects.visible_to(request.user), pk=pk)
    done = f"{pivot} takes nothing new; its loops go on."
    return do(request, lambda: edit.close(pivot, by=request.user), done, reverse("desk:switchyard"))


@require_POST
@needs("pivot.change")
def destination_new(request: HttpRequest, pk: int) -> HttpResponse:
    pivot = get_object_or_404(Pivot.objects.visible_to(request.user), pk=pk)
    return add_destination(request, pivot, _page(pk))


def add_destination(request: HttpRequest, pivot: Pivot, back: str) -> HttpResponse:
    """A new destination of the kind that the form names, tried at once; a signed one shows its secret once."""
    kind = request.POST.get("kind", "")
    connector = kinds().get(kind)
    if connector is None:
        messages.error(request, "Choose a kind of destination.")
        return redirect(back)
    config = {
        key: value for key in connector.CONFIG if (value := request.POST.get(f"{kind}-{key}", "").strip())
    }
    name = request.POST.get("name", "").strip() or connector.LABEL
    try:
        key = request.POST.get(f"{kind}-key", "").strip() if connector.KEY else ""
        made = edit.save_destination(pivot, name=name, kind=kind, config=config, key=key, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(back)
    if connector.SIGNED:
        return _secret(request, made)
    _say(request, made)
    return redirect(back)


def _secret(request: HttpRequest, destination: Destination) -> HttpResponse:
    """Shown once, and never cached."""
    secret = edit.new_secret(destination, by=request.user)
    response = render(request, "desk/secret.html", {"destination": destination, "secret": secret})
    response.headers["Cache-Control"] = "no-store"
    return response


def _destination(request: HttpRequest, pk: int) -> Destination:
    pivots = Pivot.objects.visible_to(request.user)
    return get_object_or_404(Destination.objects.select_related("pivot"), pivot__in=pivots, pk=pk)


@require_POST
@needs("pivot.change")
def destination_close(request: HttpRequest, pk: int) -> HttpResponse:
    destination = _destination(request, pk)
    done = f"Nothing new goes to {destination}."
    return do(
        request,
        lambda: edit.close_destination(destination, by=request.user),
        done,
        _page(destination.pivot_id),
    )


@require_POST
@needs("pivot.change")
def destination_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Try it now and say what is wrong."""
    destination = _destination(request, pk)
    _say(request, destination)
    return redirect("desk:pivot", destination.pivot_id)


def _say(request: HttpRequest, destination: Destination) -> None:
    if wrong := check_one(destination):
        messages.error(request, wrong)
    else:
        messages.success(request, f"{destination} answers.")


@require_POST
@needs("pivot.change")
def destination_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Another key of the other side, tried at once."""
    destination = _destination(request, pk)
    try:
        edit.set_key(destination, request.POST.get("key", ""), by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        _say(request, destination)
    return redirect("desk:pivot", destination.pivot_id)


@require_POST
@needs("pivot.change")
def destination_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """A new secret; the one before it counts for another day."""
    return _secret(request, _destination(request, pk))


@require_POST
@needs("loop.act")
def destination_replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything again that died on its way there."""
    destination = _destination(request, pk)
    back = _page(destination.pivot_id)
    return do(
        request,
        lambda: handoffs.replay_dead(destination, by=request.user),
        f"All goes out to {destination} again.",
        back,
    )


def _page(pk: int) -> str:
    return reverse("desk:pivot", args=[pk])
