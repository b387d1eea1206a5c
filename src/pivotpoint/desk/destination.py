"""One destination: its settings, when and how fast it is given hand-offs, its mapping, and a try of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk import mapping_rows
from pivotpoint.desk.doing import over
from pivotpoint.enterprise.answers.door import door, understands
from pivotpoint.enterprise.connectors import kinds, offers
from pivotpoint.enterprise.connectors.http.mapping import preset_text
from pivotpoint.enterprise.systems.rehearse import can_rehearse, rehearse
from pivotpoint.pivot import edit
from pivotpoint.pivot.models import Answer, Destination, Pivot
from pivotpoint.pivot.versions import current

MAPPING = "mapping"


class DestinationForm(forms.Form):
    """`kind` stays what it is; each of its settings is a field named `set-…`."""

    name = forms.CharField(max_length=80, label="Name")
    how = forms.ChoiceField(
        choices=Destination.How.choices,
        widget=forms.RadioSelect,
        label="It gets",
        help_text="“Before it” is the order in which the pivot lists its destinations.",
    )
    place = forms.IntegerField(
        min_value=1, max_value=99, required=False, label="Order", help_text="1 is the first of the pivot's."
    )
    at_once = forms.IntegerField(
        min_value=1, max_value=1000, required=False, label="Most at once", help_text="Empty: no limit."
    )
    per_minute = forms.IntegerField(
        min_value=1,
        max_value=100_000,
        required=False,
        label="Most a minute",
        help_text="Destinations of this kind at the same address count together.",
    )

    def __init__(self, *args: Any, destination: Destination, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        connector = kinds().get(destination.kind)
        self.settings = dict(connector.CONFIG) if connector else {}
        offered = offers(destination.kind)
        for key, label in self.settings.items():
            wide = {"rows": 14, "spellcheck": "false", "style": "font-family:var(--mono)"}
            widget: forms.Widget = forms.Textarea(attrs=wide) if key == MAPPING else forms.TextInput()
            if key in offered:
                widget = forms.Select(choices=_with_present(offered[key], destination.config.get(key, "")))
            self.fields[f"set-{key}"] = forms.CharField(label=label, required=False, widget=widget)
        if connector and connector.KEY:
            hidden = forms.PasswordInput(attrs={"autocomplete": "off"})
            self.fields["key"] = forms.CharField(
                label=connector.KEY, required=False, widget=hidden, help_text="Empty: the one there is."
            )

    def clean(self) -> dict[str, Any]:
        """The mapping is kept as JSON, so that what is no JSON is said here."""
        cleaned: dict[str, Any] = super().clean() or {}
        text = cleaned.get(f"set-{MAPPING}", "").strip()
        try:
            cleaned[f"set-{MAPPING}"] = json.loads(text) if text else ""
        except ValueError as error:
            self.add_error(f"set-{MAPPING}", f"This is no JSON: {error}.")
        return cleaned

    def config(self, before: dict[str, Any]) -> dict[str, Any]:
        """With the settings that only the API knows as they were."""
        said = {key: self.cleaned_data[f"set-{key}"] for key in self.settings}
        kept = {key: value for key, value in before.items() if key not in self.settings}
        return kept | {key: value for key, value in said.items() if value}


def _with_present(offered: Sequence[tuple[str, str]], value: str) -> list[tuple[str, str]]:
    """What is set stays to be seen also when it is offered no more."""
    known = value in dict(offered)
    return list(offered) if known else [*offered, (value, f"{value}, not here any more")]


def _initial(destination: Destination) -> dict[str, Any]:
    terms = {name: getattr(destination, name) for name in ("name", *edit.TERMS)}
    there = destination.pivot.destinations.filter(closed_at=None).values_list("pk", flat=True)
    terms["place"] = next((n for n, pk in enumerate(there, 1) if pk == destination.pk), None)
    config = {f"set-{key}": value for key, value in destination.config.items()}
    mapping = destination.config.get(MAPPING)
    if isinstance(mapping, dict):
        config[f"set-{MAPPING}"] = json.dumps(mapping, ensure_ascii=False, indent=2)
    return terms | config


@require_http_methods(["GET", "HEAD", "POST"])
@needs("pivot.change")
def destination_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Save it; `try` shows the request that a hand-off would be, or sends one that is called a test."""
    destination = _destination(request, pk)
    if request.method != "POST":
        return _page(
            request, destination, DestinationForm(destination=destination, initial=_initial(destination))
        )
    form = DestinationForm(request.POST, destination=destination)
    if not form.is_valid() or not _saved(request, destination, form):
        return _page(request, destination, form)
    how = request.POST.get("try", "")
    if how not in ("show", "send") or not can_rehearse(destination.kind):
        messages.success(request, f"{destination} is kept.")
        return redirect("desk:pivot", destination.pivot_id)
    destination = _destination(request, pk)
    tried = rehearse(destination, by=request.user, send=how == "send")
    form = DestinationForm(destination=destination, initial=_initial(destination))
    return _page(
        request, destination, form, tried=tried, sent=how == "send", version=current(destination.pivot).number
    )


def _saved(request: HttpRequest, destination: Destination, form: DestinationForm) -> bool:
    said = form.cleaned_data
    try:
        config = form.config(destination.config)
        if MAPPING in form.settings:
            config = mapping_rows.merged(request.POST, destination.config, config)
        edit.save_destination(
            destination.pivot,
            name=said["name"],
            kind=destination.kind,
            config=config,
            key=said.get("key", "").strip(),
            by=request.user,
            destination=destination,
            place=said["place"],
            over=over(request),
            **{term: said[term] for term in edit.TERMS},
        )
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return False
    return True


def _page(request: HttpRequest, destination: Destination, form: DestinationForm, **more: Any) -> HttpResponse:
    kind = destination.kind
    context = {
        "destination": destination,
        "version": over(request) or current(destination.pivot).number,
        "form": form,
        "settings": [form[f"set-{key}"] for key in form.settings if key != MAPPING],
        "mapping": form[f"set-{MAPPING}"] if MAPPING in form.settings else None,
        "preset": preset_text(destination.config),
        "rows": mapping_rows.shown(destination.config) if MAPPING in form.settings else None,
        "answers": Answer.Outcome.choices,
        "rehearses": can_rehearse(kind),
        "understands": understands(kind),
    }
    return render(request, "desk/destination.html", context | more)


@require_POST
@needs("pivot.change")
def destination_door(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it answers and what it signs with; never cached."""
    destination = _destination(request, pk)
    try:
        shown = door(destination, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("desk:destination", pk)
    response = render(request, "desk/door.html", {"destination": destination, **shown})
    response.headers["Cache-Control"] = "no-store"
    return response


def _destination(request: HttpRequest, pk: int) -> Destination:
    pivots = Pivot.objects.visible_to(request.user)
    rows = Destination.objects.select_related("pivot__team__lead", "heard_up_to")
    return get_object_or_404(rows, pivot__in=pivots, pk=pk)
