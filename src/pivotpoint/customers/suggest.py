"""Suggest customers who may be one person; somebody decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.customers.merge import merge
from pivotpoint.customers.models import Customer, Identity, MergeSuggestion, SuggestionMark
from pivotpoint.journal.record import record
from pivotpoint.lib import clock

# A mark that more people than this share is a common word, not a hint.
COMMON = 4
Pair = tuple[int, int]


@transaction.atomic
def find(limit: int = 2_000) -> int:
    """Search the customers and handles that are new since the last search; returns how many."""
    mark, _ = SuggestionMark.objects.select_for_update().get_or_create(pk=1)
    handles = list(
        Identity.objects.filter(pk__gt=mark.identity).order_by("pk").values_list("pk", "stem")[:limit]
    )
    customers = list(
        Customer.objects.people()
        .filter(pk__gt=mark.customer)
        .order_by("pk")
        .values_list("pk", "name", "organisation_id")[:limit]
    )
    if not handles and not customers:
        return 0
    pairs = _same_stem({stem for _, stem in handles if stem})
    pairs |= _same_name({(name, where) for _, name, where in customers if name and where})
    _suggest(pairs)
    mark.identity = handles[-1][0] if handles else mark.identity
    mark.customer = customers[-1][0] if customers else mark.customer
    mark.save()
    return len(handles) + len(customers)


def _same_stem(stems: set[str]) -> dict[Pair, str]:
    """The same word before the @, or as a handle elsewhere."""
    people: dict[str, set[int]] = defaultdict(set)
    rows = Identity.objects.filter(stem__in=stems).exclude(stem="").values_list("stem", "customer_id")
    for stem, customer in rows if stems else ():
        people[stem].add(customer)
    return {
        pair: f"Both are “{stem}” in an address or handle."
        for stem, ids in people.items()
        for pair in _pairs(ids)
    }


def _same_name(named: set[tuple[str, int]]) -> dict[Pair, str]:
    """The same name in the same organisation."""
    people: dict[tuple[str, int], set[int]] = defaultdict(set)
    rows = Customer.objects.people().filter(
        organisation__in={where for _, where in named}, name__in={name for name, _ in named}
    )
    for pk, name, where in rows.values_list("pk", "name", "organisation_id") if named else ():
        if where is not None:
            people[name, where].add(pk)
    return {
        pair: f"Both are called {name} at the same organisation."[:200]
        for (name, _), ids in people.items()
        for pair in _pairs(ids)
    }


def _pairs(ids: set[int]) -> Iterable[Pair]:
    return combinations(sorted(ids), 2) if len(ids) <= COMMON else ()


def _suggest(pairs: dict[Pair, str]) -> None:
    """One row a pair, for good: what somebody has decided is not asked again."""
    known = set(
        MergeSuggestion.objects.filter(one__in={one for one, _ in pairs}).values_list("one_id", "other_id")
    )
    for (one, other), reason in pairs.items():
        if (one, other) not in known:
            row = MergeSuggestion.objects.create(one_id=one, other_id=other, reason=reason, at=clock.now())
            record("customers.merge_suggested", row, one=one, other=other)


@transaction.atomic
def decide(suggestion: MergeSuggestion, accept: bool, *, by: Any) -> None:
    """Merge the two, or note that they are two people; the same pair is never suggested again."""
    demand(by, "customer.change")
    row = MergeSuggestion.objects.select_for_update().get(pk=suggestion.pk)
    if row.decided_at is not None:
        raise ValidationError("Somebody has decided that already.")
    row.decided_at, row.accepted, row.by = clock.now(), accept, user_of(by)
    row.save(update_fields=["decided_at", "accepted", "by"])
    if accept and row.one.person != row.other.person:
        merge(row.one, row.other, by=by)
    elif not accept:
        record("customers.merge_rejected", row, by=by, one=row.one_id, other=row.other_id)
