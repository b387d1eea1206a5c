"""A draft of the assistant in the text box of a conversation."""

from __future__ import annotations

from typing import Any

from pivotpoint.assistant import suggestions
from pivotpoint.assistant.models import Assistant, Request, Use
from pivotpoint.channels import reply
from pivotpoint.channels.models import Conversation, Message


def drafted(conversation: Conversation, user: Any, begun: str) -> dict[str, Any]:
    """Whether the page offers to ask, what waits for this person, and the words that the text box begins with."""
    if not user.may("reply.send") or not Assistant.here().does(Use.ANSWER):
        return {"begun": begun}
    row = Request.objects.waiting().filter(use=Use.ANSWER, by=user, conversation=conversation).first()
    return {"asks_answer": True, "suggestion": row, "begun": row.suggestion if row else begun}


def send(conversation: Conversation, text: str, suggestion: str, *, by: Any) -> Message:
    """The person's reply; one that began as a draft settles that draft."""
    rows = Request.objects.waiting().filter(use=Use.ANSWER, by=by, conversation=conversation)
    row = rows.filter(pk=suggestion if suggestion.isdecimal() and len(suggestion) < 19 else 0).first()
    return suggestions.send_answer(row, text, by=by) if row else reply.reply(conversation, text, by=by)
