"""Assign and close conversations."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.channels.models import Conversation
from pivotpoint.channels.owners import next_owners
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.row import put_where


@transaction.atomic
def assign(conversation: Conversation, owner: User, *, by: Any) -> None:
    """Give the conversation to another owner."""
    demand(by, "reply.send")
    if not owner.is_active or owner.left_at or not owner.may("reply.send"):
        raise ValidationError(f"{owner} can't answer customers; choose somebody who can.")
    changed = Conversation.objects.filter(pk=conversation.pk).exclude(owner=owner).update(owner=owner)
    if changed:
        record(
            "channels.conversation_assigned", conversation, by=by, owner=owner.pk, was=conversation.owner_id
        )


@transaction.atomic
def close(conversation: Conversation, *, by: Any) -> None:
    """Close the conversation. It reopens when the customer writes again."""
    demand(by, "reply.send")
    person = user_of(by)
    closing = {"closed_at": clock.now(), "closed_by": person and person.pk, "waiting_since": None}
    if put_where(Conversation, closing, where={"pk": conversation.pk, "closed_at": None}):
        record("channels.conversation_closed", conversation, by=by)


@transaction.atomic
def hand_on(leaver: int, successor: int) -> None:
    """Give a leaver's open conversations to the successor, or to the next in turn if the successor cannot answer
    customers."""
    rows = list(Conversation.objects.open().filter(owner=leaver).order_by("pk"))
    heir = User.objects.active().filter(pk=successor).first()
    owners = [successor] * len(rows) if heir and heir.may("reply.send") else next_owners(len(rows))
    for conversation, owner in zip(rows, owners, strict=False):
        Conversation.objects.filter(pk=conversation.pk).update(owner=owner)
        record("channels.conversation_assigned", conversation, owner=owner, was=leaver)
