"""Settings, Journal: who did what, about what, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.customers import turned
from pivotpoint.desk.journal_names import NUMBERS_ONLY, Row, meant, names
from pivotpoint.journal.models import Event
from pivotpoint.journal.question import Question
from pivotpoint.journal.record import registered

PAGES = {
    "channels.conversation": "desk:conversation",
    "customers.customer": "desk:customer",
    "experiences.change": "desk:change",
    "insights.insight": "desk:insight",
    "insights.theme": "desk:insight",
    "pivot.destination": "desk:destination",
    "pivot.loop": "desk:loop",
    "pivot.pivot": "desk:pivot",
}
"""Subjects that have a page of their own."""
ACTORS = {
    "user": "Any colleague",
    "customer": "Customers",
    "token": "API tokens",
    "system": "Pivotpoint itself",
}
CODES = frozenset({"answer", "field", "outcome", "rung", "stage", "state", "verdict", "was"})
"""Keys whose words are those of the machine."""
MOST_PEOPLE = 200
MOST_DETAILS = 4


@require_safe
@needs("journal.view")
def journal_page(request: HttpRequest) -> HttpResponse:
    """A filter that cannot be is said in one sentence, and not applied."""
    asked = {
        key: request.GET.get(key, "").replace("\0", "").strip() for key in ("name", "by", "about", "until")
    }
    fault = ""
    try:
        rows = Question(**asked).answers()
    except ValidationError as error:
        rows, fault = Event.objects.none(), error.messages[0]
    found = turned(rows, request.GET.get("cursor"))
    kept = {key: value for key, value in asked.items() if value}
    meanings, known = registered(), names(found.items)
    context = {
        "lines": [_line(event, meanings, known) for event in found.items],
        "asked": asked,
        "fault": fault,
        "actors": [*ACTORS.items(), *_people()],
        "events": meanings,
        "stages": sorted({name.partition(".")[0] for name in meanings}),
        "next_page": urlencode({**kept, "cursor": found.next}) if found.next else "",
        "first_page": urlencode(kept) if request.GET.get("cursor") else None,
    }
    return render(request, "desk/journal.html", context, status=422 if fault else 200)


def _people() -> list[tuple[str, str]]:
    named = User.objects.order_by("name").values_list("pk", "name")[:MOST_PEOPLE]
    return [(f"user:{pk}", name) for pk, name in named]


def _line(event: Event, meanings: dict[str, str], known: Mapping[Row, str]) -> dict[str, Any]:
    page = PAGES.get(event.subject_kind)
    name = known.get((event.subject_kind, event.subject_id), "")
    return {
        "event": event,
        "did": meanings.get(event.name, event.name),
        "about": f"{event.subject_kind}:{event.subject_id}",
        "subject": name or f"{_noun(event.subject_kind)} {event.subject_id}",
        "number": f"{_noun(event.subject_kind)} {event.subject_id}" if name else "",
        "address": reverse(page, args=[event.subject_id]) if page else "",
        "details": _details(event, known),
    }


def _noun(kind: str) -> str:
    """A subject as people call it: Import run, Standing answer."""
    try:
        return capfirst(str(apps.get_model(kind)._meta.verbose_name))
    except LookupError:
        return kind.partition(".")[2].capitalize()


def _details(event: Event, known: Mapping[Row, str]) -> list[tuple[str, str]]:
    """The first few plain facts of an event; lists and empty ones say nothing here, and rows are called by name."""
    plain = [
        (key.replace("_", " "), _said(event, key, value, known))
        for key, value in event.data.items()
        if isinstance(value, str | int | float) and value not in ("", False) and key not in NUMBERS_ONLY
    ]
    return plain[:MOST_DETAILS]


def _said(event: Event, key: str, value: str | int | float, known: Mapping[Row, str]) -> str:
    """A row by its name and, where it has none, by its number; a code as words."""
    kind = meant(event, key)
    if kind and isinstance(value, int):
        return known.get((kind, value)) or f"{_noun(kind).lower()} {value}"
    return value.replace("_", " ") if key in CODES and isinstance(value, str) else _plain(value)


def _plain(value: str | int | float) -> str:
    """A moment as pages write one, yes for what is so; anything else as it is."""
    if value is True:
        return "yes"
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        return str(value)
    local = timezone.localtime(moment)
    return f"{local.day} {local:%b %Y, %H:%M}"
