"""Reply to a customer, or add an internal note."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.channels.examine import LONGEST, clean
from pivotpoint.channels.models import Conversation, Direction, Message, Policy
from pivotpoint.channels.outbox import policy, post
from pivotpoint.channels.threads import look_again_at
from pivotpoint.customers.models import Purpose
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.row import insert, put_where


@transaction.atomic
def reply(conversation: Conversation, text: str, *, by: Any) -> Message:
    """Answer in this conversation's channel. Where the policy asks for approval, it waits for somebody who may."""
    demand(by, "reply.send")
    how = policy(conversation.channel, Purpose.REPLY)
    if how == Policy.NONE:
        raise ValidationError(f"Nothing goes out on {conversation.channel.name}.")
    now = clock.now()
    message = _write(conversation, text, Direction.OUT, by)
    due_at = look_again_at(conversation.channel, now)
    values = {"waiting_since": None, "last_at": now, "due_at": due_at}
    put_where(Conversation, values, where={"pk": conversation.pk})
    if user_of(by) is not None:
        put_where(Conversation, {"answered_at": now}, where={"pk": conversation.pk, "answered_at": None})
    post(
        conversation.channel,
        conversation.customer,
        purpose=Purpose.REPLY,
        subject=f"Re: {conversation.subject}",
        text=message.text,
        key=f"reply:{message.pk}",
        message=message,
        held=how == Policy.APPROVED and by is not None and not by.may("notice.approve"),
    )
    record("channels.reply_sent", conversation, by=by, message=message.pk)
    return message


@transaction.atomic
def note(conversation: Conversation, text: str, *, by: Any) -> Message:
    """Add an internal note."""
    demand(by, "reply.send")
    message = _write(conversation, text, Direction.NOTE, by)
    Conversation.objects.filter(pk=conversation.pk).update(last_at=clock.now())
    return message


def _write(conversation: Conversation, text: str, direction: str, by: Any) -> Message:
    words = clean(text.strip())
    if not words:
        raise ValidationError("Write something first.")
    if len(words) > LONGEST:
        raise ValidationError(f"That is longer than {LONGEST:,} characters.")
    now = clock.now()
    message = Message(
        channel=conversation.channel,
        external_id=f"{direction}:{uuid4().hex}",
        conversation=conversation,
        customer=conversation.customer,
        direction=direction,
        text=words,
        said_at=now,
        received_at=now,
        read_at=now,
        author=user_of(by),
    )
    insert(message)
    return message
