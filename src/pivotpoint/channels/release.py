"""Release a quarantined message after a person has looked at it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand
from pivotpoint.channels import threads
from pivotpoint.channels.examine import EMPTY
from pivotpoint.channels.models import Audience, Message
from pivotpoint.channels.models.message import TAKEN_BACK
from pivotpoint.journal.record import record


@transaction.atomic
def release(message: Message, *, by: Any) -> None:
    """It is read like any other from now on, and waits for an answer if it came in live."""
    demand(by, "reply.send")
    message = Message.objects.select_for_update().select_related("channel").get(pk=message.pk)
    if message.quarantined == EMPTY:
        raise ValidationError("It has no words; there is nothing to let in.")
    if not message.quarantined:
        return
    if message.quarantined.startswith(TAKEN_BACK):
        raise ValidationError("Its import was taken back; let that in again.")
    was, message.quarantined = message.quarantined, ""
    if message.import_run_id is None and message.audience == Audience.US and message.customer_id:
        said = threads.Said(message.customer_id, "", message.subject, message.text)
        (message.conversation_id,) = threads.place(message.channel, [said])
    message.save(update_fields=["quarantined", "conversation"])
    record("channels.message_released", message, by=by, was=was)
