"""Names to mask, from the customers' records."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pivotpoint.channels.models import Message
from pivotpoint.customers.models import Customer
from pivotpoint.lib.among import among

LONG_ENOUGH = 3
"""A part of a name, or a value of a field, from so many letters on."""


def names_behind(messages: Collection[int]) -> set[str]:
    """Names, handles, companies and own fields of everybody who wrote these, and the colleagues who answered."""
    rows = Message.objects.filter(among("pk", list(messages)))
    authors = rows.exclude(author=None).values_list("author__name", flat=True)
    customers = Customer.objects.filter(pk__in=rows.values("customer")).select_related(
        "organisation", "merged_into__organisation"
    )
    found = set(_parts(authors))
    for customer in customers.prefetch_related("identities", "merged_into__identities"):
        for row in {customer, customer.person}:
            found |= set(_of(row))
    return found


def _of(customer: Customer) -> Iterable[str]:
    own = [str(value) for value in customer.fields.values() if isinstance(value, str | int)]
    if customer.organisation is not None:
        own.append(customer.organisation.name)
    yield from (value for value in own if len(value) >= LONG_ENOUGH)
    yield from _parts([customer.name])
    for identity in customer.identities.all():
        yield identity.handle
        yield from _parts([identity.name])


def _parts(names: Iterable[str]) -> Iterable[str]:
    """The whole name, and each part of it that is not an initial."""
    for name in names:
        yield name
        yield from (part for part in name.replace("-", " ").split() if len(part.strip(".")) >= LONG_ENOUGH)
        yield from (part for part in name.split() if len(part.strip(".")) >= LONG_ENOUGH)
