"""Two rows become one person, and two again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.customers.belongings import move_all, move_back
from pivotpoint.customers.models import Customer, Merge, MergeSuggestion
from pivotpoint.journal.record import record
from pivotpoint.lib import clock

PARTS = ("name", "known_as", "organisation_id", "segment", "language")


@transaction.atomic
def merge(kept: Customer, gone: Customer, *, by: Any) -> Merge:
    """Merge `gone` into `kept`, who gets its handles, messages and consents. `unmerge` restores it exactly."""
    demand(by, "customer.change")
    one, other = _both(kept.person.pk, gone.person.pk)
    moved: dict[str, Any] = {"rows": move_all(other.pk, one.pk), "filled": _fill(one, other)}
    other.merged_into = one
    other.save(update_fields=["merged_into"])
    row = Merge.objects.create(kept=one, gone=other, moved=moved, by=user_of(by), at=clock.now())
    _settle(one.pk, other.pk, by)
    record("customers.merged", one, by=by, kept=one.pk, gone=other.pk, merge=row.pk)
    return row


@transaction.atomic
def unmerge(row: Merge, *, by: Any) -> None:
    """Undo a merge: each gets back what was theirs, and what came in through their handles since."""
    demand(by, "customer.change")
    row = Merge.objects.select_for_update().select_related("kept", "gone").get(pk=row.pk)
    if row.undone_at is not None:
        return
    if row.kept.merged_into_id is not None:
        raise ValidationError("This person was merged into another one later; undo that merge first.")
    move_back(row.moved.get("rows", {}), row.kept_id, row.gone_id)
    _empty(row.kept, row.moved.get("filled", {}))
    Customer.objects.filter(pk=row.gone_id).update(merged_into=None)
    row.undone_at, row.undone_by = clock.now(), user_of(by)
    row.save(update_fields=["undone_at", "undone_by"])
    record("customers.unmerged", row.kept, by=by, kept=row.kept_id, gone=row.gone_id, merge=row.pk)


def _both(kept: int, gone: int) -> tuple[Customer, Customer]:
    """Both rows, locked in the order of their keys so that two merges never wait for each other."""
    if kept == gone:
        raise ValidationError("These are already one person.")
    rows = Customer.objects.select_for_update().filter(pk__in=(kept, gone)).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < 2 or any(row.erased_at or row.merged_into_id for row in found.values()):
        raise ValidationError("One of the two is no longer there.")
    return found[kept], found[gone]


def _fill(kept: Customer, gone: Customer) -> dict[str, Any]:
    """What we did not know of the one and know of the other."""
    filled = {part: getattr(gone, part) for part in PARTS if getattr(gone, part) and not getattr(kept, part)}
    if filled:
        for part, value in filled.items():
            setattr(kept, part, value)
        kept.save(update_fields=[part.removesuffix("_id") for part in filled])
    return filled


def _empty(kept: Customer, filled: dict[str, Any]) -> None:
    """Forget again what only the merge had told us, unless somebody has changed it since."""
    back = [part for part, value in filled.items() if getattr(kept, part) == value]
    for part in back:
        setattr(kept, part, None if part == "organisation_id" else "")
    if back:
        kept.save(update_fields=[part.removesuffix("_id") for part in back])


def _settle(kept: int, gone: int, by: Any) -> None:
    """A suggestion about these two needs nobody's decision any more."""
    MergeSuggestion.objects.filter(one__in=(kept, gone), other__in=(kept, gone), decided_at=None).update(
        decided_at=clock.now(), accepted=True, by=user_of(by)
    )
