"""The system of record for machines."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.customers import consent
from pivotpoint.customers.erase import erase
from pivotpoint.customers.merge import merge, unmerge
from pivotpoint.customers.models import Consent, Customer, Merge, MergeSuggestion
from pivotpoint.customers.search import find
from pivotpoint.customers.suggest import decide
from pivotpoint.lib.paging import Page, Paged, page

router = Router(tags=["Customers"])


class CustomerOut(Schema):
    id: int
    name: str
    organisation: str
    segment: str
    language: str
    own_fields: dict[str, Any]
    since: datetime
    merged_into_id: int | None
    erased_at: datetime | None

    @staticmethod
    def resolve_organisation(row: Customer) -> str:
        return row.organisation.name if row.organisation else ""

    @staticmethod
    def resolve_own_fields(row: Customer) -> dict[str, Any]:
        return dict(row.fields)


class IdentityOut(Schema):
    id: int
    kind: str
    handle: str
    name: str
    since: datetime


class ConsentOut(Schema):
    purpose: str
    channel_kind: str
    granted: bool
    at: datetime
    source: str


class ConsentIn(Schema):
    """A yes or a no. An empty `channel_kind` means every channel."""

    purpose: Literal["reply", "notice", "research", "share"]
    granted: bool
    channel_kind: str = Field("", max_length=20)
    source: str = Field(min_length=1, max_length=120, description="Where they said so.")


class MergeIn(Schema):
    gone: int = Field(description="The customer who turns out to be this one.")


class MergeOut(Schema):
    id: int
    kept_id: int
    gone_id: int
    at: datetime
    undone_at: datetime | None


class SuggestionOut(Schema):
    id: int
    one_id: int
    other_id: int
    reason: str
    at: datetime


class Verdict(Schema):
    accept: bool


def _one(request: Call, pk: int) -> Customer:
    rows = Customer.objects.visible_to(request.auth).select_related("organisation")
    return get_object_or_404(rows, pk=pk)


@router.get("/customers", auth=needs_scope("customer.view"), response=Paged[CustomerOut])
def list_customers(
    request: Call, q: str = "", segment: str = "", cursor: str | None = None, limit: int = 50
) -> Page:
    """Each person once, the newest first. `q` finds a handle, an e-mail address or an organisation exactly,
    or the words of a name by how they begin."""
    rows = Customer.objects.visible_to(request.auth).people().select_related("organisation")
    if q:
        rows = find(rows, q)
    if segment:
        rows = rows.filter(segment=segment)
    return page(rows, cursor, limit, key="-id")


@router.get("/customers/{int:pk}", auth=needs_scope("customer.view"), response=CustomerOut)
def get_customer(request: Call, pk: int) -> Customer:
    """One customer."""
    return _one(request, pk)


@router.delete("/customers/{int:pk}", auth=needs_scope("customer.change"), response={204: None})
def delete_customer(request: Call, pk: int) -> None:
    """Erase this customer's messages and data. Cannot be undone."""
    erase(_one(request, pk), by=request.auth)


@router.get("/customers/{int:pk}/identities", auth=needs_scope("customer.view"), response=list[IdentityOut])
def list_identities(request: Call, pk: int) -> Any:
    """The customer's handles on each kind of channel."""
    return _one(request, pk).person.identities.order_by("pk")


@router.get("/customers/{int:pk}/consents", auth=needs_scope("customer.view"), response=list[ConsentOut])
def list_consents(request: Call, pk: int) -> Any:
    """Every yes and no of this customer, the latest first. The latest counts."""
    return _one(request, pk).person.consents.order_by("-at", "-pk")


@router.post("/customers/{int:pk}/consents", auth=needs_scope("customer.change"), response={201: ConsentOut})
def post_consent(request: Call, pk: int, said: ConsentIn) -> Consent:
    """Record a customer's yes or no."""
    say = consent.give if said.granted else consent.withdraw
    return say(
        _one(request, pk),
        said.purpose,
        channel_kind=said.channel_kind,
        source=said.source,
        by=request.auth,
    )


@router.post("/customers/{int:pk}/merges", auth=needs_scope("customer.change"), response={201: MergeOut})
def post_merge(request: Call, pk: int, other: MergeIn) -> Merge:
    """Merge another customer into this one: they are one person."""
    return merge(_one(request, pk), _one(request, other.gone), by=request.auth)


@router.get("/customers/{int:pk}/merges", auth=needs_scope("customer.view"), response=list[MergeOut])
def list_merges(request: Call, pk: int) -> Any:
    """Customers that were merged into this one."""
    return _one(request, pk).person.merges.order_by("-pk")


@router.delete("/merges/{int:pk}", auth=needs_scope("customer.change"), response={204: None})
def delete_merge(request: Call, pk: int) -> None:
    """Undo a merge: they are two people again."""
    kept = Customer.objects.visible_to(request.auth)
    unmerge(get_object_or_404(Merge, pk=pk, kept__in=kept), by=request.auth)


@router.get("/merge-suggestions", auth=needs_scope("customer.view"), response=Paged[SuggestionOut])
def list_suggestions(request: Call, cursor: str | None = None, limit: int = 50) -> Page:
    """Pairs of customers who may be one person and wait for a decision."""
    return page(MergeSuggestion.objects.visible_to(request.auth).waiting(), cursor, limit, key="-id")


@router.post(
    "/merge-suggestions/{int:pk}/decision", auth=needs_scope("customer.change"), response={204: None}
)
def post_decision(request: Call, pk: int, verdict: Verdict) -> None:
    """Decide a suggestion: one person (they are merged) or two (they are not suggested again)."""
    suggestion = get_object_or_404(MergeSuggestion.objects.visible_to(request.auth), pk=pk)
    decide(suggestion, verdict.accept, by=request.auth)
