"""Take in what customers write on the portal."""

from __future__ import annotations

from django.db import transaction

from pivotpoint.channels import inbox
from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.models import Channel, Kind, Message
from pivotpoint.channels.webform import TellUs, submit
from pivotpoint.customers import consent
from pivotpoint.customers.models import Customer, Identity, Purpose
from pivotpoint.journal.record import record
from pivotpoint.lib import clock


def portal_channel() -> Channel | None:
    """The portal's own channel, while it is open."""
    return Channel.objects.filter(kind=Kind.PORTAL, closed_at=None).order_by("pk").first()


@transaction.atomic
def take(channel: Channel, form: TellUs) -> Message:
    """Store one message, committed before its sender gets the link to follow it.

    A sender who ticked "tell me" but left no address is told on the page behind that link.
    """
    message = submit(channel, form)
    wants, address = form.cleaned_data["may_tell"], form.cleaned_data["email"]
    if wants and not address and message.customer is not None:
        kind = channel.kind
        if kind not in consent.allowed([message.customer.pk], Purpose.NOTICE)[message.customer.pk]:
            consent.give(
                message.customer, Purpose.NOTICE, channel_kind=kind, source="Portal form", by=message.customer
            )
    return message


@transaction.atomic
def ask_to_be_forgotten(customer: Customer, channel: Channel) -> Message:
    """Open a conversation with an owner and a due date, because a person has to check and erase. A second request
    on the same day adds none."""
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
