"""Send one request to the model: reserve the budget, call, store the answer. Everything is logged before it is
sent."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import user_of
from pivotpoint.assistant import budget, endpoint
from pivotpoint.assistant.endpoint import Completion, NoAnswer, Said
from pivotpoint.assistant.events import ASKED
from pivotpoint.assistant.models import Assistant, Quoted, Request, Use
from pivotpoint.channels.models import Message
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.among import among
from pivotpoint.lib.crypto import SecretUnreadable

OFF = "The assistant is off for this; an administrator switches it on in Settings, Assistant."

GONE = "The customer was erased meanwhile."


@dataclass(frozen=True, slots=True)
class Question:
    """What is sent, whose words are in it, and how the answer becomes a suggestion (ValidationError: it cannot)."""

    use: Use
    said: Said
    most: int
    messages: Collection[int]
    made: Callable[[str], str]


def demand_on(use: Use) -> None:
    """Refuse unless the assistant is set up and switched on for this use."""
    if not Assistant.here().does(use):
        raise ValidationError(OFF)


def ask(question: Question, *, by: Any, **about: Any) -> Request:
    """The request with its suggestion; ValidationError with one sentence when there is none. Not in a transaction."""
    assistant, row = _reserve(question, by=by, **about)
    try:
        answer = endpoint.complete(
            assistant.url, assistant.key, assistant.model, question.said, question.most
        )
    except NoAnswer as trouble:
        _failed(row, str(trouble), free=trouble.free)
        raise ValidationError(str(trouble)) from None
    _count(row, assistant, answer)
    row.answer = answer.text[: 4 * endpoint.LIMIT]
    try:
        row.suggestion = question.made(answer.text)
    except ValidationError as refusal:
        _failed(row, " ".join(refusal.messages), free=False)
        raise
    row.outcome = Request.Outcome.WAITING
    _keep(row)
    return row


@transaction.atomic
def _reserve(question: Question, *, by: Any, **about: Any) -> tuple[Assistant, Request]:
    """One at a time looks at the budget, so that two together do not overdraw it."""
    try:
        assistant = Assistant.objects.select_for_update().order_by("pk").first()
    except SecretUnreadable as error:
        raise ValidationError(f"The assistant's key cannot be read: {error}") from None
    if assistant is None or not assistant.does(question.use):
        raise ValidationError(OFF)
    tokens = sum(budget.guess(part["content"]) for part in question.said)
    price = budget.cost(assistant, tokens, question.most)
    budget.demand_room(assistant, tokens + question.most, price)
    if Message.objects.filter(among("pk", list(question.messages))).count() < len(set(question.messages)):
        raise ValidationError(GONE)
    _put_away(question.use, user_of(by), about)
    row = Request.objects.create(
        use=question.use,
        by=user_of(by),
        host=urlsplit(assistant.url).netloc[:200],
        model=assistant.model,
        sent=question.said,
        tokens=tokens + question.most,
        cost=price,
        **about,
    )
    Quoted.objects.bulk_create(Quoted(request=row, message_id=pk) for pk in sorted(set(question.messages)))
    record(ASKED, row, by=by, use=question.use, tokens=row.tokens)
    return assistant, row


def _put_away(use: Use, user: Any, about: dict[str, Any]) -> None:
    """Whoever asks again does not want what waits."""
    waiting = Request.objects.waiting().filter(use=use, by=user, **about)
    waiting.update(outcome=Request.Outcome.THROWN_AWAY, decided_at=clock.now(), decided_by=user)


def _count(row: Request, assistant: Assistant, answer: Completion) -> None:
    """What the endpoint says that it was; else what was reserved stays."""
    if answer.tokens_in is not None and answer.tokens_out is not None:
        row.tokens = answer.tokens_in + answer.tokens_out
        row.cost = budget.cost(assistant, answer.tokens_in, answer.tokens_out)


def _failed(row: Request, sentence: str, *, free: bool) -> None:
    if free:
        row.tokens, row.cost = 0, None if row.cost is None else row.cost * 0
    row.outcome, row.trouble, row.suggestion = Request.Outcome.FAILED, sentence[:300], ""
    _keep(row)


def _keep(row: Request) -> None:
    """An erasure meanwhile took the words out: then none come in again."""
    figures = {"tokens": row.tokens, "cost": row.cost}
    words = {name: getattr(row, name) for name in ("answer", "suggestion", "outcome", "trouble")}
    if not Request.objects.filter(pk=row.pk, forgotten_at=None).update(**figures, **words):
        Request.objects.filter(pk=row.pk).update(**figures)
        raise ValidationError(GONE)
