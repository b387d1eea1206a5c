"""The inbox: what does this person need, and what may I say?"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import ROLES, needs
from pivotpoint.channels.models import Channel, Conversation, Message
from pivotpoint.channels.models.message import TAKEN_BACK
from pivotpoint.desk import inbox_list
from pivotpoint.desk.correction import corrections
from pivotpoint.desk.frame import organisation
from pivotpoint.desk.inbox_draft import drafted
from pivotpoint.desk.inbox_person import person
from pivotpoint.desk.inbox_reading import reads
from pivotpoint.desk.inbox_standing import begun, offered
from pivotpoint.desk.inbox_thread import thread, way_out
from pivotpoint.lib.paging import page as cursor_page
from pivotpoint.lib.problems import Problem
from pivotpoint.ui.words import intention
from textanalytics.base import INTENTS


@require_safe
@needs("customer.view")
def inbox_page(request: HttpRequest) -> HttpResponse:
    """The list; beside it, where there is room, the most urgent conversation."""
    return show(request, None)


@require_safe
@needs("customer.view")
def conversation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One conversation, with the list beside it."""
    return show(request, find(request, pk))


def find(request: HttpRequest, pk: int) -> Conversation:
    rows = Conversation.objects.visible_to(request.user).select_related(
        "channel", "customer", "owner", "closed_by"
    )
    return get_object_or_404(rows, pk=pk)


def show(
    request: HttpRequest, conversation: Conversation | None, *, draft: str = "", fault: str = ""
) -> HttpResponse:
    """`draft` and `fault` give back words that could not be sent, and why."""
    user: Any = request.user
    counts = inbox_list.counts(user)
    wish = inbox_list.asked(request.GET, counts, feeling=organisation(request).reads_mood)
    lines, following = inbox_list.lines(wish, user)
    chosen = conversation or (lines[0].conversation if lines else None)
    filters = {name: value for name, value in wish.filters.items() if name != "tab"}
    context = {
        "wish": wish,
        "tabs": [(key, label, counts.get(key)) for key, label in inbox_list.TABS.items()],
        "counts": counts,
        "lines": lines,
        "next_page": urlencode({**wish.filters, "cursor": following}) if following else "",
        "first_page": urlencode(wish.filters) if wish.cursor else "",
        "address": urlencode(wish.chosen),
        "filters": urlencode(filters),
        "channels": Channel.objects.visible_to(user),
        "moods": inbox_list.MOODS.items(),
        "intents": [(intent, intention(intent).capitalize()) for intent in INTENTS],
        "opened": conversation is not None,
        "conversation": chosen,
        "draft": draft,
        "fault": fault,
        **(_beside(request, chosen) if chosen else {}),
    }
    return render(request, "desk/inbox.html", context, status=422 if fault and not request.htmx else 200)  # type: ignore[attr-defined]


def _beside(request: HttpRequest, conversation: Conversation) -> dict[str, Any]:
    user: Any = request.user
    said = thread(conversation, request.GET.get("before", ""))
    last = said.last_heard
    theme = inbox_list.theme_of(last.message) if last else None
    offers = offered(said, theme, may=user.may("reply.send"))
    return {
        "thread": said,
        "last": last,
        "reads": reads(last.message) if last else [],
        "theme": theme,
        "offers": offers,
        "corrections": corrections(organisation(request)),
        "way": way_out(conversation, user),
        "person": person(conversation, user),
        "colleagues": _answering() if user.may("reply.send") else [],
        **drafted(conversation, user, begun(offers, said)),
    }


def _answering() -> Any:
    """Who may own a conversation."""
    return User.objects.active().filter(role__in=[role for role, may in ROLES.items() if "reply.send" in may])


@require_safe
@needs("customer.view")
def apart_page(request: HttpRequest) -> HttpResponse:
    """What was kept apart, with the reason: nothing is dropped."""
    rows = (
        Message.objects.visible_to(request.user)
        .filter(~Q(quarantined=""))
        .exclude(quarantined__startswith=TAKEN_BACK)
        .select_related("channel", "customer")
    )
    try:
        found = cursor_page(rows, request.GET.get("cursor"), 40, key="-pk")
    except Problem:
        found = cursor_page(rows, None, 40, key="-pk")
    return render(request, "desk/inbox_apart.html", {"found": found})
