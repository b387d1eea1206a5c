"""Words that come in through the portal."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction

from pivotpoint.channels import inbox
from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.models import Channel, Kind, Message
from pivotpoint.customers.models import Customer, Identity
from pivotpoint.journal.record import record
from pivotpoint.lib import clock


def portal_channel() -> Channel | None:
    """The portal's own channel, while it is open."""
    return Channel.objects.filter(kind=Kind.PORTAL, closed_at=None).order_by("pk").first()


def take(channel: Channel, words: dict[str, Any]) -> Message:
    """One message, durable before its sender gets a link to follow it."""
    name = f"portal-{secrets.token_urlsafe(12)}"
    inbound = Inbound(
        external_id=name,
        text=words["text"],
        # Without an address, this link is the only way back to them: the handle stands for its holder.
        handle="" if words["email"] else name,
        name=words["name"],
        email=words["email"],
        may_tell=words["may_tell"],
        kept_apart="The form was filled in by a machine." if words["website"] else "",
    )
    (receipt,) = inbox.receive(channel, [inbound])
    return Message.objects.get(pk=receipt.message_id)


@transaction.atomic
def ask_to_be_forgotten(customer: Customer, channel: Channel) -> Message:
    """A conversation with an owner and a due date: a person checks and erases. Twice on one day is once."""
    handle = f"person-{customer.pk}"
    Identity.objects.get_or_create(
        kind=channel.kind, handle=handle, defaults={"customer": customer, "name": customer.name}
    )
    inbound = Inbound(
        external_id=f"forget-{customer.pk}-{clock.today():%Y%m%d}",
        text="Forget me: erase my messages and what you know about me.",
        subject="Asks to be forgotten",
        handle=handle,
        thread=f"forget-{customer.pk}",
    )
    (receipt,) = inbox.receive(channel, [inbound])
    if receipt.created:
        record("community.erasure_asked", customer, by=customer, message=receipt.message_id)
    return Message.objects.get(pk=receipt.message_id)
