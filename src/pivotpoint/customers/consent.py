"""What people allow us. Every yes and no is a row; the latest that speaks of a channel kind counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from pivotpoint.accounts.permissions import demand
from pivotpoint.customers.models import Consent, Customer, Purpose
from pivotpoint.journal.record import record
from pivotpoint.lib import bulk, clock, stored
from pivotpoint.lib.among import among, slices
from pivotpoint.lib.prepared import Prepared


@dataclass(slots=True)
class Allowed:
    """The channel kinds on which one person allows one purpose: `"email" in allowed`."""

    default: bool
    by_kind: dict[str, bool] = field(default_factory=dict)

    def __contains__(self, kind: object) -> bool:
        return self.by_kind.get(str(kind), self.by_kind.get("", self.default))

    def __bool__(self) -> bool:
        """Whether it is allowed on any kind at all."""
        return self.by_kind.get("", self.default) or any(self.by_kind.values())

    def say(self, kind: str, granted: bool) -> None:
        """Apply a later answer; one about every channel replaces those about single channels."""
        if not kind:
            self.by_kind.clear()
        self.by_kind[kind] = granted


@dataclass(frozen=True, slots=True)
class Said:
    """A yes or a no that came along with a message."""

    customer: int
    granted: bool
    at: datetime


def give(customer: Customer, purpose: str, *, channel_kind: str = "", source: str, by: Any = None) -> Consent:
    """Record a yes for one kind of channel, or for all (""). `source` says where the customer gave it."""
    return _say(customer, purpose, channel_kind, source, by=by, granted=True)


def withdraw(
    customer: Customer, purpose: str, *, channel_kind: str = "", source: str, by: Any = None
) -> Consent:
    """Record a no. What is queued for the customer is stopped before it is sent."""
    return _say(customer, purpose, channel_kind, source, by=by, granted=False)


@transaction.atomic
def _say(customer: Customer, purpose: str, kind: str, source: str, *, by: Any, granted: bool) -> Consent:
    if by is not None and by._meta.model_name in ("user", "token"):
        demand(by, "customer.change")
    person = customer.person
    row = Consent.objects.create(
        customer=person,
        purpose=Purpose(purpose),
        channel_kind=kind,
        granted=granted,
        at=clock.now(),
        source=source[:120],
    )
    name = "customers.consent_given" if granted else "customers.consent_withdrawn"
    record(name, person, by=by, purpose=str(row.purpose), channel_kind=kind)
    return row


def note(said: Sequence[Said], purpose: str, *, channel_kind: str, source: str) -> None:
    """Record many at once; what repeats the current answer adds no row."""
    before = allowed({one.customer for one in said}, purpose)
    rows = []
    for one in sorted(said, key=lambda one: one.at):
        now_holds = before[one.customer]
        known = channel_kind in now_holds.by_kind or "" in now_holds.by_kind
        if (channel_kind in now_holds) != one.granted or not known:
            now_holds.say(channel_kind, one.granted)
            rows.append(
                (one.customer, purpose, channel_kind, one.granted, stored.moment(one.at), source[:120])
            )
    names = ["customer", "purpose", "channel_kind", "granted", "at", "source"]
    bulk.insert(Consent, names, rows)


def allowed(customer_ids: Iterable[int], purpose: str) -> Mapping[int, Allowed]:
    """For each customer, the channel kinds on which the purpose is allowed.

    Answering what they wrote is allowed until they say no; everything else only after a yes.
    """
    default = purpose == Purpose.REPLY
    found: dict[int, Allowed] = {pk: Allowed(default) for pk in customer_ids}
    for some in slices(found):
        for customer, kind, granted in _said(some, str(purpose)):
            found[customer].say(kind, bool(granted))
    return found


@Prepared
def _said(customers: list[int], purpose: str) -> QuerySet[Consent, tuple[int, str, bool]]:
    rows = Consent.objects.filter(among("customer", customers), purpose=purpose).order_by("at", "pk")
    return rows.values_list("customer_id", "channel_kind", "granted")
