"""Keep customer records in sync with other systems, field by field, by each field's policy."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.customers.models import Customer
from pivotpoint.enterprise.connectors import find
from pivotpoint.enterprise.connectors.contract import Failed, KeepsCustomers
from pivotpoint.enterprise.models import Conflict, CustomerRecord, Retraction
from pivotpoint.enterprise.pacing.pause import paused
from pivotpoint.enterprise.policy import Field, Step, decide
from pivotpoint.enterprise.records import facts
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.prepared import any_of
from pivotpoint.pivot.refused import Refused

AGAIN = timedelta(minutes=10)
BATCH = 100
OWN = ("name", "language", "segment")


def keep(limit: int = 20) -> int:
    """Compare the customers that are due, a hundred of one destination at a time; returns the number of fields
    changed."""
    now = clock.now()
    moved = retract() if _any_retraction(now) else 0
    if not _any_record(now):
        return moved
    for _ in range(limit):
        links = _claim()
        if not links:
            break
        moved += _compare(links)
    return moved


_any_retraction = any_of(lambda now: Retraction.objects.filter(due_at__lte=now))
_any_record = any_of(lambda now: CustomerRecord.objects.filter(due_at__lte=now))


def _claim() -> list[CustomerRecord]:
    """Due ones of one destination, due again later whatever happens to this worker."""
    due = CustomerRecord.objects.filter(
        due_at__lte=clock.now(), customer__merged_into=None, customer__erased_at=None
    ).exclude(destination__in=paused())
    first = due.order_by("due_at", "pk").first()
    if first is None:
        return []
    ids = list(
        due.filter(destination=first.destination_id).order_by("pk").values_list("pk", flat=True)[:BATCH]
    )
    mine = [pk for pk in ids if due.filter(pk=pk).update(due_at=clock.now() + AGAIN)]
    return list(CustomerRecord.objects.filter(pk__in=mine).select_related("destination"))


def retract(limit: int = 50) -> int:
    """Remove from other systems what we wrote about people who were erased; returns the number of records.
    Idempotent."""
    done = 0
    due = Retraction.objects.filter(due_at__lte=clock.now()).exclude(destination__in=paused())
    for row in due.select_related("destination").order_by("due_at", "pk")[:limit]:
        if not Retraction.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=clock.now() + AGAIN):
            continue
        connector = find(row.destination.kind)
        try:
            if isinstance(connector, KeepsCustomers):
                mapped = {each.ours: each for each in connector.customer_fields(row.destination)}
                empty = {mapped[name]: "" for name in row.fields if name in mapped}
                connector.write_customer(row.destination, row.record, empty)
        except Failed as error:
            Retraction.objects.filter(pk=row.pk).update(error=str(error)[:2000])
        else:
            row.delete()
            done += 1
    return done


def _compare(links: list[CustomerRecord]) -> int:
    """One customer that the other side refuses does not keep the others from being compared."""
    destination, moved = links[0].destination, 0
    connector = find(destination.kind)
    if not isinstance(connector, KeepsCustomers):
        return 0
    try:
        fields = connector.customer_fields(destination)
        there = connector.read_customers(destination, [link.record for link in links], fields)
    except Failed as error:
        _note(links, str(error))
        return 0
    for link in links:
        if link.record not in there:
            continue
        try:
            moved += _one(connector, link, fields, there[link.record])
        except Failed as error:
            _note([link], str(error))
        else:
            _note([link], "")
    return moved


def _note(links: list[CustomerRecord], error: str) -> None:
    rows = CustomerRecord.objects.filter(pk__in=[link.pk for link in links]).exclude(error=error)
    rows.update(error=error[:2000])


def _one(connector: KeepsCustomers, link: CustomerRecord, fields: list[Field], theirs: dict[str, str]) -> int:
    """What goes there is written before our bookkeeping: repeated after a crash it is the same."""
    customer = Customer.objects.get(pk=link.customer_id)
    ours = values_of(customer, fields)
    steps = {each: _step(each, ours, link, theirs) for each in fields}
    write = {each: ours[each.ours] for each, step in steps.items() if step == Step.WRITE}
    if write:
        connector.write_customer(link.destination, link.record, write)
    with transaction.atomic():
        return _settle(link, steps, theirs, write)


def _step(field: Field, ours: dict[str, str], link: CustomerRecord, theirs: dict[str, str]) -> Step:
    value, other, agreed = ours[field.ours], theirs.get(field.ours, ""), link.agreed.get(field.ours)
    if not facts.is_fact(field.ours):
        return decide(field.policy, value, other, agreed)
    if not value and other and other == agreed:
        return Step.WRITE  # what we wrote there, and may not any more, is taken out
    step = decide(field.policy, value, other, agreed)
    return Step.NOTHING if step == Step.TAKE else step


def _settle(
    link: CustomerRecord, steps: dict[Field, Step], theirs: dict[str, str], wrote: dict[Field, str]
) -> int:
    customer = Customer.objects.select_for_update().get(pk=link.customer_id)
    link = CustomerRecord.objects.select_for_update().get(pk=link.pk)
    values = values_of(customer, list(steps))
    for field, step in steps.items():
        ours, other = values[field.ours], theirs.get(field.ours, "")
        if step == Step.CONFLICT:
            _conflict(link, field.ours, ours, other)
            continue
        if step == Step.TAKE:
            set_value(customer, field.ours, other)
        if step != Step.NOTHING or ours == other:
            link.agreed[field.ours] = wrote.get(field, other)
            link.conflicts.open().filter(field=field.ours).update(  # type: ignore[attr-defined]
                settled_at=clock.now(), kept=Conflict.Kept.AGREED
            )
    link.save(update_fields=["agreed"])
    taken = sorted(field.ours for field, step in steps.items() if step == Step.TAKE)
    written = sorted(field.ours for field in wrote)
    if taken or written:
        customer.save()
        record("enterprise.customer_kept", customer, record=link.record, taken=taken, written=written)
    return len(taken) + len(written)


def _conflict(link: CustomerRecord, field: str, ours: str, theirs: str) -> None:
    said = {"ours": ours, "theirs": theirs}
    made, new = Conflict.objects.get_or_create(link=link, field=field, settled_at=None, defaults=said)
    if not new:
        Conflict.objects.filter(pk=made.pk).update(**said)


@transaction.atomic
def settle(conflict: Conflict, kept: str, *, by: Any) -> Conflict:
    """Decide a conflict: whose value stays. Ours is written there by the next comparison, which is due at once."""
    demand(by, "customer.change")
    if kept not in (Conflict.Kept.OURS, Conflict.Kept.THEIRS):
        raise Refused("Say whose value stays: ours or theirs.")
    link = CustomerRecord.objects.select_for_update().get(pk=conflict.link_id)
    open_one = Conflict.objects.open().filter(pk=conflict.pk)
    if not open_one.update(settled_at=clock.now(), kept=kept, settled_by=user_of(by)):
        raise Refused("This was settled already.")
    conflict.refresh_from_db()
    fact = facts.is_fact(conflict.field)
    if kept == Conflict.Kept.THEIRS and not fact:
        customer = Customer.objects.select_for_update().get(pk=link.customer_id)
        set_value(customer, conflict.field, conflict.theirs)
        customer.save()
    # From their value as the common one, ours is the side that has changed: it is what goes there. A fact can't be
    # taken from them: from ours as the common one, theirs has changed and stays, until ours changes as well.
    common = conflict.ours if fact and kept == Conflict.Kept.THEIRS else conflict.theirs
    link.agreed[conflict.field], link.due_at = common, clock.now()
    link.save(update_fields=["agreed", "due_at"])
    record("enterprise.conflict_settled", link.customer, by=by, field=conflict.field, kept=kept)
    return conflict


def values_of(customer: Customer, fields: list[Field]) -> dict[str, str]:
    """Our values by field name. Facts are looked up only if a mapping asks for them."""
    asked = [field.ours for field in fields]
    known = facts.facts_of(customer) if any(map(facts.is_fact, asked)) else {}
    return {
        field: known.get(field.removeprefix(facts.PREFIX), "")
        if facts.is_fact(field)
        else value_of(customer, field)
        for field in asked
    }


def value_of(customer: Customer, field: str) -> str:
    """`name`, `language`, `segment`, or `fields.<own field>`."""
    if field.startswith("fields."):
        return str(customer.fields.get(field.removeprefix("fields."), ""))
    return str(getattr(customer, field)) if field in OWN else ""


def set_value(customer: Customer, field: str, value: str) -> None:
    if field.startswith("fields."):
        customer.fields[field.removeprefix("fields.")] = value
    elif field in OWN:
        longest = Customer._meta.get_field(field).max_length or 0  # type: ignore[union-attr]
        setattr(customer, field, value[:longest])


def forget(customers: list[int]) -> dict[str, Any]:
    """Stop syncing erased customers, and queue the removal of what we wrote about them elsewhere."""
    for link in CustomerRecord.objects.filter(customer__in=customers):
        noted = sorted(field for field, value in link.agreed.items() if facts.is_fact(field) and value)
        if noted:
            Retraction.objects.create(destination_id=link.destination_id, record=link.record, fields=noted)
    gone, _ = CustomerRecord.objects.filter(customer__in=customers).delete()
    return {"records_elsewhere": gone}
