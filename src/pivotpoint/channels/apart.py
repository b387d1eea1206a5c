"""Conversations that need no answer: kept apart with the reason; a person may let them in again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from pivotpoint.accounts.permissions import demand
from pivotpoint.channels.models import Conversation
from pivotpoint.channels.threads import answer_by, give_to_somebody_here
from pivotpoint.journal.record import record, record_many
from pivotpoint.lib import clock
from pivotpoint.lib.among import among


@transaction.atomic
def keep_apart(ids: Collection[int], reason: str, *, by: Any = None) -> int:
    """Those that nobody has answered wait for nobody from now on; how many. An answered one is a conversation."""
    unanswered = Conversation.objects.open().filter(among("pk", ids), answered_at=None)
    rows = list(unanswered.select_for_update().order_by("pk"))
    ours = Conversation.objects.filter(among("pk", [row.pk for row in rows]))
    ours.update(apart=reason[:20], closed_at=clock.now(), closed_by=None, waiting_since=None)
    record_many("channels.conversation_kept_apart", rows, by=by, reason=reason)
    return len(rows)


def let_in(conversation: Conversation, *, by: Any) -> None:
    """Put the conversation back into the inbox. Idempotent."""
    demand(by, "reply.send")
    wait_again(conversation, by=by)


@transaction.atomic
def wait_again(conversation: Conversation, *, by: Any) -> None:
    """Open from now on, with somebody who is here. Asks nobody's permission."""
    now = clock.now()
    ours = Conversation.objects.filter(pk=conversation.pk).exclude(apart="")
    due_at = answer_by(conversation.channel, now)
    if ours.update(apart="", closed_at=None, waiting_since=now, due_at=due_at):
        give_to_somebody_here(Conversation.objects.filter(pk=conversation.pk))
        record("channels.conversation_reopened", conversation, by=by)
