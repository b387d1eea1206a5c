"""Standing answers: what the front line may do at once, where it could do more, and where that stops working."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import needs
from pivotpoint.desk import rule_form
from pivotpoint.desk.doing import do
from pivotpoint.desk.inbox import find
from pivotpoint.desk.yard_verbs import rules_shown
from pivotpoint.metrics.standing import Health, health
from pivotpoint.pivot import empower, standing, use
from pivotpoint.pivot.conditions import describe
from pivotpoint.pivot.models import Pivot, StandingAnswer, Use
from pivotpoint.pivot.refused import Refused
from pivotpoint.ui.stale import FIELD, mark, unless_changed, values

ENDED = 20

SHOWN = values(
    "name", "may", "template", "match", "conditions", "most_amount", "unit", "most_a_week", "owner_id"
)
"""What the form shows of a standing answer."""


class StandingForm(forms.Form):
    """What may be done, in which words, and how far."""

    name = forms.CharField(max_length=80, label="Name", help_text="Agents see it in the Inbox.")
    may = forms.CharField(max_length=500, label="What may be done at once")
    template = forms.CharField(
        max_length=5_000,
        label="The words for the customer",
        widget=forms.Textarea(attrs={"rows": 6, "class": "input"}),
        help_text="They go into the reply box. {name}, {agent} and {amount} are filled in.",
    )
    most_amount = forms.DecimalField(
        required=False, min_value=Decimal("0.01"), max_digits=12, decimal_places=2, label="At most"
    )
    unit = forms.CharField(max_length=12, required=False, label="Of what", help_text="EUR, days …")
    most_a_week = forms.IntegerField(required=False, min_value=1, label="Times in seven days, at most")
    owner = forms.ModelChoiceField(User.objects.none(), label="Who answers for it", empty_label="Choose")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.visible_to(user).active()  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Line:
    """One of the list."""

    standing: StandingAnswer
    health: Health
    when: str
    change: bool
    end: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """A signal with its pivot."""

    pivot: Pivot
    signal: empower.Signal
    may: bool


def lines(rows: Any, user: Any) -> list[Line]:
    """With whether each still works, and whether this person may change or end it."""
    found = list(rows.select_related("pivot__team", "owner", "ended_by"))
    works = health(found)
    return [
        Line(one, works[one.pk], when(one), standing.may_limit(one.pivot, user), standing.may_end(one, user))
        for one in found
    ]


def when(one: StandingAnswer) -> str:
    return describe({"match": one.match, "conditions": one.conditions})


def asks(pivots: Any, user: Any) -> list[Ask]:
    """Where the same decision comes again and again."""
    by_pk = {pivot.pk: pivot for pivot in pivots}
    found = [(by_pk[signal.pivot], signal) for signal in empower.signals(list(by_pk))]
    return [Ask(pivot, signal, standing.may_limit(pivot, user)) for pivot, signal in found]


@require_safe
@needs("pivot.view")
def standing_page(request: HttpRequest) -> HttpResponse:
    """Signals first, then what may be done, then what no longer may."""
    seen = StandingAnswer.objects.visible_to(request.user)
    live = lines(seen.live(), request.user)
    pivots = Pivot.objects.visible_to(request.user).live()
    context = {
        "asks": asks(pivots.select_related("team"), request.user),
        "live": live,
        "failing": [line for line in live if line.health.signs],
        "ended": seen.exclude(ended_at=None)
        .select_related("pivot", "ended_by")
        .order_by("-ended_at")[:ENDED],
        "pivots": [pivot for pivot in pivots if standing.may_limit(pivot, request.user)],
    }
    return render(request, "desk/standing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("loop.act")
def standing_new(request: HttpRequest, pk: int) -> HttpResponse:
    """From the pivot's signal, where there is one: its rule and its evidence are filled in."""
    rows = Pivot.objects.visible_to(request.user).live().select_related("team", "owner")
    pivot = get_object_or_404(rows, pk=pk)
    standing.demand_limit(pivot, request.user)
    signal = next(iter(empower.signals([pk])), None)
    drawn = empower.conditions(signal) if signal else None
    first = (
        [drawn | {"excludes": False}] if drawn and drawn["conditions"] else rule_form.edited([], "add-rule")
    )
    evidence = signal.as_dict() if signal else {}

    def save(fields: dict[str, Any]) -> StandingAnswer:
        return standing.make(pivot, fields, by=request.user, evidence=evidence)

    begun = {
        "initial": _proposed(pivot, signal),
        "rules": first,
        "signal": signal,
        "whole": _whole(pivot, drawn),
    }
    return _form(request, pivot, save, begun)


def _whole(pivot: Pivot, drawn: Any) -> bool:
    """The proposed rule is all that the pivot takes by: left as it is, nothing would go through any more."""
    return bool(drawn) and pivot.rules.filter(excludes=False).count() == 1  # type: ignore[attr-defined]


def _proposed(pivot: Pivot, signal: empower.Signal | None) -> dict[str, Any]:
    """Words to begin with; a person finishes them."""
    proposed: dict[str, Any] = {"owner": pivot.owner_id, "most_a_week": 10}
    if signal and signal.answer in ("accepted", "passed"):
        proposed["may"] = f"Do at once what {pivot.team} has agreed to each time."
    elif signal:
        proposed["may"] = f"Answer it at once; {pivot.team} has not taken it on."
    return proposed


@require_http_methods(["GET", "HEAD", "POST"])
@needs("loop.act")
def standing_edit(request: HttpRequest, pk: int) -> HttpResponse:
    one = _standing(request, pk)
    standing.demand_limit(one.pivot, request.user)

    def save(fields: dict[str, Any]) -> StandingAnswer:
        return unless_changed(request, one, SHOWN, lambda: standing.change(one, fields, by=request.user))

    initial = {name: getattr(one, name) for name in StandingForm.base_fields} | {"owner": one.owner_id}
    rules = [{"match": one.match, "excludes": False, "conditions": [dict(each) for each in one.conditions]}]
    return _form(
        request,
        one.pivot,
        save,
        {"initial": initial, "rules": rules, "standing": one, "was": mark(SHOWN(one))},
    )


def _standing(request: HttpRequest, pk: int) -> StandingAnswer:
    rows = StandingAnswer.objects.visible_to(request.user).select_related(
        "pivot__team", "pivot__owner", "owner"
    )
    return get_object_or_404(rows, pk=pk)


def _form(request: HttpRequest, pivot: Pivot, save: Any, begun: dict[str, Any]) -> HttpResponse:
    """A button of the rules (`edit`) shows the form again; the other button saves."""
    rules = begun["rules"]
    form = StandingForm(user=request.user, initial=begun["initial"])
    if request.method == "POST":
        form, rules = StandingForm(request.POST, user=request.user), rule_form.sent(request.POST)
        if change := request.POST.get("edit"):
            begun |= {FIELD: request.POST.get(FIELD, "")}
            rules = rule_form.edited(rules, change)
        elif form.is_valid():
            try:
                made = save(form.cleaned_data | _one_rule(rules))
            except ValidationError as refusal:
                form.add_error(None, refusal.messages)
            else:
                messages.success(request, f"The front line may do it from now on: {made}.")
                return redirect("desk:standing")
    context = {"pivot": pivot, "form": form, **begun, **rules_shown(pivot, rules)}
    return render(request, "desk/standing_form.html", context)


def _one_rule(rules: list[rule_form.Draft]) -> dict[str, Any]:
    if len(rules) != 1 or rules[0]["excludes"]:
        raise Refused("A standing answer has one rule, which says when it applies.")
    return {"match": rules[0]["match"], "conditions": rules[0]["conditions"]}


@require_POST
@needs("loop.act")
def standing_end(request: HttpRequest, pk: int) -> HttpResponse:
    one, why = _standing(request, pk), request.POST.get("reason", "")
    done = f"“{one}” has ended. What it covered stands at the gate again."
    return do(request, lambda: standing.end(one, why, by=request.user), done, reverse("desk:standing"))


@require_POST
@needs("reply.send")
def standing_use(request: HttpRequest, pk: int, standing_pk: int) -> HttpResponse:
    """For the last words of this conversation; its words are in the reply box afterwards."""
    conversation, one = find(request, pk), _standing(request, standing_pk)
    done = f"“{one}” is noted. Its words are in the box; nothing has been sent."
    amount = _amount(request.POST.get("amount", ""))
    return do(
        request,
        lambda: use.use(one, conversation, by=request.user, amount=amount),
        done,
        reverse("desk:conversation", args=[pk]),
    )


def _amount(said: str) -> Decimal | None:
    """What the agent typed; nothing that is no number counts."""
    try:
        amount = Decimal(said.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return round(amount, 2) if amount.is_finite() and abs(amount) < Decimal(10**10) else None


@require_POST
@needs("reply.send")
def standing_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Use.objects.select_related("conversation"), pk=pk)
    find(request, row.conversation_id)
    done = "Taken back. It does not count against the limit."
    back = reverse("desk:conversation", args=[row.conversation_id])
    return do(request, lambda: use.take_back(row, by=request.user), done, back)
