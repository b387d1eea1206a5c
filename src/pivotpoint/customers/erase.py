"""Erasure: final and complete. Only an anonymous row stays, so that keys elsewhere stay valid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models, transaction

from pivotpoint.accounts.permissions import demand
from pivotpoint.customers.models import Customer
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import record
from pivotpoint.lib import clock

Before = Callable[[list[int]], Mapping[str, Any] | None]

_before: list[Before] = []


def before_erasing(function: Before) -> Before:
    """Register a function that removes what only a later stage knows, in the same transaction, before the rows are deleted.

    It is called with the ids of the person's rows (merged ones too). What it returns (ids and counts, never text)
    is added to the event's data, so that subscribers know what to recount.
    """
    if function not in _before:
        _before.append(function)
    return function


@transaction.atomic
def erase(customer: Customer, *, by: Any) -> None:
    """Delete the texts, handles, consents, readings and counts of this person. Cannot be undone."""
    demand(by, "customer.change")
    person = customer.person
    if person.erased_at is not None:
        return
    ids = _rows_of(person)
    data: dict[str, Any] = {"rows": len(ids)}
    for function in _before:
        data |= function(ids) or {}
    Event.objects.filter(actor_kind="customer", actor_id__in=ids).update(actor_name="Erased")
    record("customers.erased", person, by=by, **data)
    _delete_belongings(ids)
    Customer.objects.filter(pk__in=ids).update(
        name="", known_as="", organisation=None, segment="", language="", fields={}, erased_at=clock.now()
    )


def _rows_of(person: Customer) -> list[int]:
    """This person's row and every row that was merged into it, however long ago."""
    found, newest = [person.pk], [person.pk]
    while newest:
        newest = list(Customer.objects.filter(merged_into__in=newest).values_list("pk", flat=True))
        found += newest
    return found


def _delete_belongings(ids: list[int]) -> None:
    """Every row of every stage that points at them and goes with them; what hangs on those goes too."""
    for relation in Customer._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})
            rows.delete()
