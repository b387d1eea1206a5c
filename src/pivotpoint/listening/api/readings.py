"""Readings and their corrections over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pivotpoint.accounts import moods
from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.channels.models import Message
from pivotpoint.customers.models import Customer
from pivotpoint.listening.correcting import correct as verbs
from pivotpoint.listening.correcting import review
from pivotpoint.listening.models import Correction, Reading
from pivotpoint.listening.threats import threats
from textanalytics.base import relevance_of

router = Router()


class ReadingOut(Schema):
    """Evidence spans are half-open character offsets into the message's text.

    `relevance` is whom it is about, `audience` whom it was said to: `us`, or overheard.
    Where the organisation shows no moods, `mood` and `sentiment` are null, and nothing says how sure or why.
    """

    message_id: int
    language: str
    sentiment: float | None
    mood: str | None
    intent: str
    about_us: bool
    relevance: Literal["us", "rival", "trade", "noise"]
    reason: str
    audience: Literal["us", "about", "elsewhere"]
    actionable: bool
    function: str
    confidence: dict[str, float | None]
    evidence: dict[str, list[tuple[int, int]]]
    version: str
    corrected: bool

    @staticmethod
    def resolve_relevance(row: Reading) -> str:
        return relevance_of(row.reason)

    @staticmethod
    def resolve_audience(row: Reading) -> str:
        return row.message.audience

    @staticmethod
    def resolve_sentiment(row: Reading, context: Any) -> float | None:
        return row.sentiment if moods.shown_in(context) else None

    @staticmethod
    def resolve_mood(row: Reading, context: Any) -> str | None:
        return row.mood if moods.shown_in(context) else None

    @staticmethod
    def resolve_confidence(row: Reading, context: Any) -> dict[str, float | None]:
        return _without_mood(row.confidence, context)

    @staticmethod
    def resolve_evidence(row: Reading, context: Any) -> dict[str, Any]:
        return _without_mood(row.evidence, context)


def _without_mood(said: dict[str, Any], context: Any) -> dict[str, Any]:
    return said if moods.shown_in(context) else {key: value for key, value in said.items() if key != "mood"}


class CorrectionIn(Schema):
    """`value` is a word of the field; true or false for actionable; for about_us also rival or trade."""

    field: str
    value: str


class ConfirmationIn(Schema):
    """Without `fields`, everything that was read and not yet judged."""

    fields: list[str] = list(verbs.FIELDS)


class CorrectionOut(Schema):
    """A judgement whose `value` is what was read confirms it."""

    id: int
    message_id: int
    field: str
    was: str
    value: str
    at: datetime
    undone_at: datetime | None


def _message(request: Call, pk: int) -> Message:
    who: Any = request.auth
    return get_object_or_404(Message.objects.visible_to(who), pk=pk)


@router.get("messages/{pk}/reading", response=ReadingOut, auth=needs_scope("customer.view"))
def reading(request: Call, pk: int) -> Reading:
    """The reading of one message, with the words that decided."""
    return get_object_or_404(Reading.objects.select_related("message"), pk=_message(request, pk).pk)


@router.get("messages/{pk}/corrections", response=list[CorrectionOut], auth=needs_scope("customer.view"))
def corrections(request: Call, pk: int) -> list[Correction]:
    """All corrections of one message, the latest first."""
    rows = _message(request, pk).corrections.order_by("-pk")
    return list(rows if moods.shown() else rows.exclude(field="mood"))


@router.post("messages/{pk}/corrections", response={201: CorrectionOut}, auth=needs_scope("reading.correct"))
def correct(request: Call, pk: int, body: CorrectionIn) -> Status[Correction]:
    """Correct a reading. It changes at once, and the reader learns from it."""
    made = verbs.correct(_message(request, pk), body.field, body.value, by=request.auth)
    return Status(201, made)


@router.post(
    "messages/{pk}/confirmations", response={201: list[CorrectionOut]}, auth=needs_scope("reading.correct")
)
def confirm(request: Call, pk: int, body: ConfirmationIn) -> Status[list[Correction]]:
    """Confirm a reading. The reader learns from that too; earlier judgements stay."""
    made = verbs.confirm(_message(request, pk), body.fields, by=request.auth)
    return Status(201, made)


@router.post("messages/{pk}/glances", response={201: None}, auth=needs_scope("reading.correct"))
def cannot_tell(request: Call, pk: int) -> Status[None]:
    """Say that you cannot tell. The message leaves your queue of doubtful readings."""
    review.cannot_tell(_message(request, pk), by=request.auth)
    return Status(201, None)


@router.delete("messages/{pk}/answers", response={204: None}, auth=needs_scope("reading.correct"))
def take_back(request: Call, pk: int) -> Status[None]:
    """Take back what you said last, if it was about this message and within the last hour. It is asked again."""
    review.take_back(_message(request, pk), by=request.auth)
    return Status(204, None)


@router.delete("corrections/{pk}", response=CorrectionOut, auth=needs_scope("reading.correct"))
def undo(request: Call, pk: int) -> Correction:
    """Take a correction back: the reading is what it was."""
    correction = get_object_or_404(Correction, pk=pk)
    _message(request, correction.message_id)
    verbs.undo(correction, by=request.auth)
    return correction


class ThreatOut(Schema):
    """`text` is what they said; the reading's evidence says which words decided."""

    message_id: int
    said_at: datetime
    text: str


@router.get("/customers/{int:pk}/threats", response=list[ThreatOut], auth=needs_scope("customer.view"))
def list_threats(request: Call, pk: int) -> list[dict[str, Any]]:
    """The customer's messages of the last 90 days that threaten to leave, the latest first; at most 20."""
    mine = Customer.objects.visible_to(request.auth)
    person = get_object_or_404(mine, pk=pk).person
    found = threats().filter(customer=person)[:20]
    return [{"message_id": one.pk, "said_at": one.said_at, "text": one.text} for one in found]
