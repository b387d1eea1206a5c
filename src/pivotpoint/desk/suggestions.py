"""Titles and drafts that the assistant suggests, on the pages where a person decides."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from pivotpoint.accounts.permissions import needs
from pivotpoint.assistant import suggestions
from pivotpoint.assistant.answers import draft_answer
from pivotpoint.assistant.models import Assistant, Request, Use
from pivotpoint.assistant.notices import draft_notice
from pivotpoint.assistant.titles import suggest_title
from pivotpoint.desk.doing import do
from pivotpoint.desk.inbox import find
from pivotpoint.experiences import changes
from pivotpoint.experiences.models import Change
from pivotpoint.insights.models import Insight
from pivotpoint.pivot.models import Loop


def title_for(insight: Insight, user: Any) -> dict[str, Any]:
    """Whether the page offers to ask, and what waits for this person."""
    if not user.may("insight.change") or not Assistant.here().does(Use.TITLE):
        return {}
    waiting = Request.objects.waiting().filter(use=Use.TITLE, by=user, insight=insight)
    return {"asks_title": True, "suggestion": waiting.first()}


def _mine(request: HttpRequest, pk: int, use: Use) -> Request:
    return get_object_or_404(Request.objects.visible_to(request.user), pk=pk, use=use)


def _insight(row: Request) -> str:
    return reverse("desk:insight", args=[row.insight_id]) if row.insight_id else reverse("desk:insights")


@require_POST
@needs("insight.change")
def title_ask(request: HttpRequest, pk: int) -> HttpResponse:
    insight = get_object_or_404(Insight.objects.visible_to(request.user).select_related("theme"), pk=pk)
    done = "A title is suggested. It changes nothing until you approve it."
    return do(
        request, lambda: suggest_title(insight, by=request.user), done, reverse("desk:insight", args=[pk])
    )


@require_POST
@needs("insight.change")
def title_approve(request: HttpRequest, pk: int) -> HttpResponse:
    row, title = _mine(request, pk, Use.TITLE), request.POST.get("title", "")
    done = "Renamed. It can be undone below."
    return do(request, lambda: suggestions.approve_title(row, title, by=request.user), done, _insight(row))


@require_POST
@needs("insight.change")
def title_throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    row = _mine(request, pk, Use.TITLE)
    return do(request, lambda: suggestions.throw_away(row, by=request.user), "Thrown away.", _insight(row))


def notice_for(loop: Loop, user: Any) -> dict[str, Any]:
    """Whether the page offers to ask for the words of a change, and what waits for this person."""
    if not Assistant.here().does(Use.NOTICE):
        return {}
    waiting = Request.objects.waiting().filter(use=Use.NOTICE, by=user, insight=loop.insight_id)
    return {"asks_notice": True, "suggestion": waiting.first()}


def record_change(suggestion: str, *, by: Any, **change: Any) -> Change:
    """The person's own record; one that began as a draft settles that draft."""
    rows = Request.objects.waiting().filter(use=Use.NOTICE, by=by)
    row = rows.filter(pk=suggestion if suggestion.isdecimal() and len(suggestion) < 19 else 0).first()
    return suggestions.record_change(row, by=by, **change) if row else changes.record(by=by, **change)


@require_POST
@needs("change.record")
def notice_ask(request: HttpRequest, pk: int) -> HttpResponse:
    loop = get_object_or_404(Loop.objects.visible_to(request.user).select_related("insight__theme"), pk=pk)
    facts, back = request.POST.get("facts", ""), reverse("desk:change_new", args=[pk])
    done = "The words are in the form. Nobody is told until you record the change and let the notices out."
    return do(request, lambda: draft_notice(loop, facts, by=request.user), done, back)


@require_POST
@needs("change.record")
def notice_throw_away(request: HttpRequest, pk: int, loop_pk: int) -> HttpResponse:
    row, back = _mine(request, pk, Use.NOTICE), reverse("desk:change_new", args=[loop_pk])
    return do(request, lambda: suggestions.throw_away(row, by=request.user), "Thrown away.", back)


@require_POST
@needs("reply.send")
def answer_ask(request: HttpRequest, pk: int) -> HttpResponse:
    conversation = find(request, pk)
    done = "A draft is in the text box. It goes to nobody until you send it."
    back = reverse("desk:conversation", args=[pk])
    return do(request, lambda: draft_answer(conversation, by=request.user), done, back)


@require_POST
@needs("reply.send")
def answer_throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    row = _mine(request, pk, Use.ANSWER)
    back = reverse("desk:inbox")
    if row.conversation_id:
        back = reverse("desk:conversation", args=[row.conversation_id])
    return do(request, lambda: suggestions.throw_away(row, by=request.user), "Thrown away.", back)
