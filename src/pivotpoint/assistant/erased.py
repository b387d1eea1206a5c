"""Erase a customer's texts from the log. That something was sent, when and by whom, stays."""

from __future__ import annotations

from pivotpoint.assistant.models import Quoted, Request
from pivotpoint.channels.models import Conversation
from pivotpoint.lib import clock


def forget(people: list[int]) -> None:
    """Runs in the erasure's transaction."""
    quoted = Quoted.objects.filter(message__customer__in=people).values("request")
    talks = Conversation.objects.filter(customer__in=people).values("pk")
    empty = {"sent": [], "answer": "", "suggestion": "", "forgotten_at": clock.now()}
    for rows in (Request.objects.filter(pk__in=quoted), Request.objects.filter(conversation__in=talks)):
        rows.filter(outcome=Request.Outcome.WAITING).update(outcome=Request.Outcome.THROWN_AWAY)
        rows.filter(forgotten_at=None).update(**empty)
