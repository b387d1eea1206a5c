"""Queue outgoing messages as rows, so that a killed worker loses none and sends none twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet

from pivotpoint.accounts.permissions import demand
from pivotpoint.channels.adapters import adapter
from pivotpoint.channels.models import Channel, Delivery, Direction, Kind, Message, Policy
from pivotpoint.customers import consent
from pivotpoint.customers.models import Customer, Identity, Purpose
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.among import among, slices
from pivotpoint.lib.prepared import Prepared
from pivotpoint.lib.row import insert

__all__ = ["approve", "policy", "post", "replay", "route"]

NO_CONSENT = "no consent"
NO_ADDRESS = "no address"
SENDS_NOTHING = "channel sends nothing"
NO_CHANNEL = "no channel"
State = Delivery.State


def policy(channel: Channel, purpose: str) -> str:
    """The channel's policy for this purpose: who releases outgoing messages."""
    if channel.closed_at is not None:
        return Policy.NONE
    return channel.replies if purpose == Purpose.REPLY else channel.notices


def post(
    channel: Channel,
    customer: Customer,
    *,
    purpose: str,
    subject: str,
    text: str,
    key: str,
    message: Message | None = None,
    held: bool = False,
) -> Delivery:
    """Queue a message for one customer; the same `key` twice makes one delivery.

    Whether they may leave is decided when they leave: consent, policy and caps are asked then. `held`: only after
    `approve`. Without an address it is kept as not delivered, where somebody sees it.
    """
    person = customer.person
    address = addresses([person.pk]).get(person.pk, [])
    to = adapter(channel.kind).address(address)
    delivery = Delivery(
        key=key,
        channel=channel,
        customer=person,
        message=message,
        purpose=Purpose(purpose),
        address=to,
        subject=subject[:200],
        text=text,
        state=State.HELD if held else State.QUEUED,
        next_attempt_at=clock.now(),
        created_at=clock.now(),
    )
    return delivery if insert(delivery, new_only=True) else Delivery.objects.get(key=key)


@transaction.atomic
def approve(delivery: Delivery, *, by: Any) -> None:
    """Approve a delivery that was held."""
    demand(by, "notice.approve")
    Delivery.objects.filter(pk=delivery.pk, state=State.HELD).update(
        state=State.QUEUED, next_attempt_at=clock.now()
    )


@transaction.atomic
def replay(delivery: Delivery, *, by: Any) -> None:
    """Queue a dead delivery again, with the same key and a fresh count of attempts."""
    demand(by, "reply.send")
    to = adapter(delivery.channel.kind).address(
        addresses([delivery.customer_id]).get(delivery.customer_id, [])
    )
    again = Delivery.objects.filter(pk=delivery.pk, state=State.DEAD).update(
        state=State.QUEUED, attempts=0, next_attempt_at=clock.now(), error="", address=to or delivery.address
    )
    if not again:
        raise ValidationError("Only what was not delivered can be tried again.")
    record("channels.delivery_replayed", delivery, by=by)


def addresses(customer_ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """(kind, handle) of each identity of each person, the newest first."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for some in slices(customer_ids):
        for customer, kind, handle in _identities(some):
            found[customer].append((kind, handle))
    return found


@Prepared
def _identities(customers: list[int]) -> QuerySet[Identity, tuple[int, str, str]]:
    rows = Identity.objects.filter(among("customer", customers)).order_by("-since", "-pk")
    return rows.values_list("customer_id", "kind", "handle")


def route(customer_ids: Iterable[int], purpose: str) -> dict[int, Channel | str]:
    """For each person the channel to write on: the one they used last that allows it; else why not, in words.

    Somebody whose own channels do not allow it is written to by e-mail when they said yes to that.
    """
    ids = list(dict.fromkeys(customer_ids))
    channels = {channel.pk: channel for channel in Channel.objects.all()}
    mail = [pk for pk, channel in channels.items() if channel.kind == Kind.EMAIL and not channel.closed_at]
    used, handles, allowed = _used(ids), addresses(ids), consent.allowed(ids, purpose)
    found: dict[int, Channel | str] = {}
    for pk in ids:
        why = NO_CHANNEL
        for channel in (channels[one] for one in dict.fromkeys((*used[pk], *mail))):
            reason = _why_not(channel, purpose, allowed[pk], handles[pk])
            if not reason:
                found[pk] = channel
                break
            why = reason if why == NO_CHANNEL else why
        found.setdefault(pk, why)
    return found


def _why_not(channel: Channel, purpose: str, allowed: consent.Allowed, handles: list[tuple[str, str]]) -> str:
    if policy(channel, purpose) == Policy.NONE:
        return SENDS_NOTHING
    if channel.kind not in allowed:
        return NO_CONSENT
    return "" if adapter(channel.kind).address(handles) else NO_ADDRESS


def _used(ids: list[int]) -> dict[int, list[int]]:
    """The channels of each person, the last used first."""
    last: dict[int, list[tuple[Any, int]]] = defaultdict(list)
    for some in slices(ids):
        rows = Message.objects.filter(among("customer", some), direction=Direction.IN).order_by()
        for customer, channel, at in rows.values_list("customer_id", "channel_id").annotate(Max("said_at")):
            last[customer].append((at, channel))
    used: dict[int, list[int]] = defaultdict(list)
    used |= {pk: [channel for _, channel in sorted(rows, reverse=True)] for pk, rows in last.items()}
    return used
