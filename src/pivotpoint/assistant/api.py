"""The assistant over the API: the same verbs as the pages."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.assistant import budget, suggestions
from pivotpoint.assistant.answers import draft_answer
from pivotpoint.assistant.change import change
from pivotpoint.assistant.models import Assistant, Request, Use
from pivotpoint.assistant.notices import draft_notice
from pivotpoint.assistant.titles import suggest_title
from pivotpoint.channels.models import Conversation
from pivotpoint.experiences.schemas import ChangeIn
from pivotpoint.insights.models import Insight
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.pivot.models import Loop

router = Router(tags=["assistant"])
LOG, TITLE, ANSWER = needs_scope("journal.view"), needs_scope("insight.change"), needs_scope("reply.send")
NOTICE = needs_scope("change.record")


class AssistantOut(Schema):
    """The key is never shown. `spent_*` is this month's."""

    url: str
    model: str
    titles: bool
    answers: bool
    notices: bool
    monthly_tokens: int
    monthly_cost: Decimal | None
    price_in: Decimal | None
    price_out: Decimal | None
    currency: str
    spent_tokens: int
    spent_cost: Decimal


class AssistantIn(Schema):
    """Fields that are not sent stay as they are. When the address changes, the key must be sent again."""

    url: str | None = Field(None, max_length=300)
    model: str | None = Field(None, max_length=120)
    key: str | None = Field(None, max_length=500)
    titles: bool | None = None
    answers: bool | None = None
    notices: bool | None = None
    monthly_tokens: int | None = Field(None, ge=0, le=2_000_000_000)
    monthly_cost: Decimal | None = Field(None, ge=0, lt=100_000_000)
    price_in: Decimal | None = Field(None, ge=0, lt=1_000_000)
    price_out: Decimal | None = Field(None, ge=0, lt=1_000_000)
    currency: str | None = Field(None, min_length=3, max_length=3)


class RequestOut(Schema):
    """`sent` is exactly what was sent to the model."""

    id: int
    use: str
    insight: int | None = Field(None, alias="insight_id")
    conversation: int | None = Field(None, alias="conversation_id")
    by: int | None = Field(None, alias="by_id")
    at: datetime
    host: str
    model: str
    sent: list[dict[str, str]]
    answer: str
    suggestion: str
    tokens: int
    cost: Decimal | None
    outcome: str
    trouble: str
    decided_at: datetime | None


class WordsIn(Schema):
    """The suggestion's words, or your own."""

    text: str = Field(max_length=20_000)


class FactsIn(Schema):
    """Notes on what changed: the assistant says nothing that is not in them."""

    facts: str = Field(max_length=2_000)


class Done(Schema):
    """What it became."""

    id: int
    outcome: str


def _mine(request: Call, pk: int, use: Use) -> Request:
    return get_object_or_404(Request.objects.visible_to(user_of(request.auth)), pk=pk, use=use)


def _shown(row: Assistant) -> dict[str, Any]:
    spent = budget.spent()
    values = {name: getattr(row, name) for name in AssistantOut.model_fields if not name.startswith("spent_")}
    return values | {"spent_tokens": spent.tokens, "spent_cost": spent.cost}


def _done(row: Request) -> Request:
    row.refresh_from_db()
    return row


def _thrown_away(request: Call, pk: int, use: Use) -> Request:
    """Each use has its own scope, and so its own address."""
    row = _mine(request, pk, use)
    suggestions.throw_away(row, by=request.auth)
    return _done(row)


@router.get("assistant", response=AssistantOut, auth=LOG)
def show(request: Call) -> dict[str, Any]:
    """The assistant's settings, and what it has spent this month."""
    return _shown(Assistant.here())


@router.patch("assistant", response=AssistantOut, auth=needs_scope("user.manage"))
def set_up(request: Call, body: AssistantIn) -> dict[str, Any]:
    """Set the assistant up, change it, or switch it on and off."""
    return _shown(change(by=request.auth, **body.model_dump(exclude_unset=True)))


@router.get("assistant/requests", response=Paged[RequestOut], auth=LOG)
def log(request: Call, cursor: str | None = None, limit: int = 50) -> Page:
    """The log of requests to the model, the latest first."""
    return page(Request.objects.visible_to(user_of(request.auth)), cursor, limit, key="-at")


@router.post("insights/{int:pk}/title-suggestions", response={201: RequestOut}, auth=TITLE)
def ask_title(request: Call, pk: int) -> Status[Request]:
    """Request a title. Nothing is changed until it is approved."""
    rows = Insight.objects.visible_to(user_of(request.auth)).select_related("theme")
    return Status(201, suggest_title(get_object_or_404(rows, pk=pk), by=request.auth))


@router.post("title-suggestions/{int:pk}/approval", response=Done, auth=TITLE)
def approve_title(request: Call, pk: int, body: WordsIn) -> Request:
    """Approve a title: rename the insight with this text."""
    row = _mine(request, pk, Use.TITLE)
    suggestions.approve_title(row, body.text, by=request.auth)
    return _done(row)


@router.delete("title-suggestions/{int:pk}", response=Done, auth=TITLE)
def throw_title_away(request: Call, pk: int) -> Request:
    """Throw a suggested title away."""
    return _thrown_away(request, pk, Use.TITLE)


@router.post("conversations/{int:pk}/answer-suggestions", response={201: RequestOut}, auth=ANSWER)
def ask_answer(request: Call, pk: int) -> Status[Request]:
    """Request a draft answer. It is sent to nobody until it is approved."""
    rows = Conversation.objects.visible_to(user_of(request.auth)).select_related("channel", "customer")
    return Status(201, draft_answer(get_object_or_404(rows, pk=pk), by=request.auth))


@router.post("answer-suggestions/{int:pk}/approval", response=Done, auth=ANSWER)
def send_answer(request: Call, pk: int, body: WordsIn) -> Request:
    """Approve an answer: send this text as the reply."""
    row = _mine(request, pk, Use.ANSWER)
    suggestions.send_answer(row, body.text, by=request.auth)
    return _done(row)


@router.delete("answer-suggestions/{int:pk}", response=Done, auth=ANSWER)
def throw_answer_away(request: Call, pk: int) -> Request:
    """Throw a drafted answer away."""
    return _thrown_away(request, pk, Use.ANSWER)


@router.post("loops/{int:pk}/notice-suggestions", response={201: RequestOut}, auth=NOTICE)
def ask_notice(request: Call, pk: int, body: FactsIn) -> Status[Request]:
    """Request a text that says what changed. Nobody is told until it is approved."""
    rows = Loop.objects.visible_to(user_of(request.auth)).select_related("insight__theme")
    return Status(201, draft_notice(get_object_or_404(rows, pk=pk), body.facts, by=request.auth))


@router.post("notice-suggestions/{int:pk}/approval", response=Done, auth=NOTICE)
def record_change(request: Call, pk: int, body: ChangeIn) -> Request:
    """Record the change with this text. Its notices are drafted, and each still needs its own approval."""
    row = _mine(request, pk, Use.NOTICE)
    loops = [
        get_object_or_404(Loop.objects.visible_to(user_of(request.auth)), pk=one) for one in set(body.loops)
    ]
    suggestions.record_change(row, **body.model_dump() | {"loops": loops}, by=request.auth)
    return _done(row)


@router.delete("notice-suggestions/{int:pk}", response=Done, auth=NOTICE)
def throw_notice_away(request: Call, pk: int) -> Request:
    """Throw a drafted text for notices away."""
    return _thrown_away(request, pk, Use.NOTICE)
