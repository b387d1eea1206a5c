"""Settings, Journal: who did what, about what, newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.customers import turned
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
    meanings = registered()
    context = {
        "lines": [_line(event, meanings) for event in found.items],
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


def _line(event: Event, meanings: dict[str, str]) -> dict[str, Any]:
    page = PAGES.get(event.subject_kind)
    return {
        "event": event,
        "did": meanings.get(event.name, event.name),
        "about": f"{event.subject_kind}:{event.subject_id}",
        "subject": f"{event.subject_kind.partition('.')[2].capitalize()} {event.subject_id}",
        "address": reverse(page, args=[event.subject_id]) if page else "",
        "details": _details(event.data),
    }


def _details(data: dict[str, Any]) -> list[tuple[str, str]]:
    """The first few plain facts of an event; lists and empty ones say nothing here."""
    plain = [
        (key.replace("_", " "), _plain(value))
        for key, value in data.items()
        if isinstance(value, str | int | float) and value not in ("", False)
    ]
    return plain[:MOST_DETAILS]


def _plain(value: str | int | float) -> str:
    """A moment as pages write one; anything else as it is."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        return str(value)
    local = timezone.localtime(moment)
    return f"{local.day} {local:%b %Y, %H:%M}"
