"""Decide on a suggestion. Only these functions apply or send one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.assistant.events import DECIDED
from pivotpoint.assistant.models import Request, Use
from pivotpoint.channels import reply
from pivotpoint.channels.models import Message
from pivotpoint.experiences import changes
from pivotpoint.experiences.models import Change
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.models import ThemeAction
from pivotpoint.journal.record import record
from pivotpoint.lib import clock

Outcome = Request.Outcome
PERMISSION = {Use.TITLE: "insight.change", Use.ANSWER: "reply.send", Use.NOTICE: "change.record"}
"""What whoever asks for it may do, and so decides."""


@transaction.atomic
def approve_title(suggestion: Request, title: str, *, by: Any) -> ThemeAction:
    """The person's own rename, with these words; it can be undone like any other."""
    demand(by, "insight.change")
    row = _waiting(suggestion, Use.TITLE)
    if row.insight is None:
        raise ValidationError("The insight is not there any more.")
    action = edit.rename(row.insight.theme, title, by=by)
    _decide(row, action.data["new"], by=by)
    return action


@transaction.atomic
def send_answer(suggestion: Request, text: str, *, by: Any) -> Message:
    """The person's own reply, with these words."""
    demand(by, "reply.send")
    row = _waiting(suggestion, Use.ANSWER)
    if row.conversation is None:
        raise ValidationError("The conversation is not there any more.")
    message = reply.reply(row.conversation, text, by=by)
    _decide(row, message.text, by=by)
    return message


@transaction.atomic
def record_change(suggestion: Request, *, by: Any, **change: Any) -> Change:
    """The person's own record of a change, with the words in `what` (`experiences.changes.record` has the rest)."""
    demand(by, "change.record")
    row = _waiting(suggestion, Use.NOTICE)
    recorded = changes.record(**change, by=by)
    _decide(row, recorded.what, by=by)
    return recorded


@transaction.atomic
def throw_away(suggestion: Request, *, by: Any) -> None:
    demand(by, PERMISSION[Use(suggestion.use)])
    _put(_waiting(suggestion, suggestion.use), Outcome.THROWN_AWAY, by=by)


def _waiting(suggestion: Request, use: str) -> Request:
    row = Request.objects.select_for_update(of=("self",)).select_related(
        "insight__theme", "conversation__channel"
    )
    found = row.filter(pk=suggestion.pk, use=use, outcome=Outcome.WAITING).first()
    if found is None:
        raise ValidationError("This suggestion does not wait any more.")
    return found


def _decide(row: Request, words: str, *, by: Any) -> None:
    same = " ".join(words.split()) == " ".join(row.suggestion.split())
    _put(row, Outcome.APPROVED if same else Outcome.EDITED, by=by)


def _put(row: Request, outcome: str, *, by: Any) -> None:
    now = {"outcome": outcome, "decided_at": clock.now(), "decided_by": user_of(by)}
    Request.objects.filter(pk=row.pk).update(**now)
    record(DECIDED, row, by=by, use=row.use, outcome=outcome)
