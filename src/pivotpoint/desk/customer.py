"""One customer: their handles, what they allow, what they stand behind, and one timeline of everything."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.channels.models import Channel, Conversation, Kind, Message, Policy
from pivotpoint.customers import consent
from pivotpoint.customers.models import Consent, Customer, Merge, MergeSuggestion, Purpose
from pivotpoint.desk.inbox_person import stands_behind
from pivotpoint.desk.timeline import KINDS, timeline
from pivotpoint.enterprise.models import Conflict
from pivotpoint.listening.threats import last_threat

BEHIND = 12


def find(request: HttpRequest, pk: int) -> Customer:
    return get_object_or_404(
        Customer.objects.visible_to(request.user).select_related("organisation", "merged_into"), pk=pk
    )


@require_safe
@needs("customer.view")
def customer_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who was merged into another person is shown as that person."""
    customer = find(request, pk)
    if customer.merged_into_id:
        return redirect("desk:customer", customer.person.pk)
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    entries, following = timeline(customer, request.GET.get("cursor", ""), kind)
    asked = {"kind": kind} if kind else {}
    context = {
        "customer": customer,
        "entries": entries,
        "kind": kind,
        "kinds": KINDS.items(),
        "next_page": urlencode({**asked, "cursor": following}) if following else "",
        "paged": bool(request.GET.get("cursor")),
        **_aside(customer, request.user),
    }
    return render(request, "desk/customer.html", context)


def _aside(customer: Customer, user: Any) -> dict[str, Any]:
    merges = Merge.objects.filter(kept=customer, undone_at=None).select_related("gone", "by")
    suggested = MergeSuggestion.objects.visible_to(user).waiting().select_related("one", "other")
    open_ones = Conversation.objects.visible_to(user).open().filter(customer=customer)
    differing = Conflict.objects.visible_to(user).open().filter(link__customer=customer)
    return {
        "conflicts": differing.select_related("link__destination").order_by("pk")[:10],
        "threat": last_threat(customer.pk),
        "identities": customer.identities.order_by("pk"),
        "allowed": allowed(customer),
        "consent_kinds": consent_kinds(),
        "purposes": Purpose.choices,
        "stands_behind": stands_behind(customer, user, BEHIND),
        "merges": merges.order_by("-pk"),
        "suggestions": suggested.filter(Q(one=customer) | Q(other=customer))[:5],
        "conversations": open_ones.select_related("channel", "owner").order_by("due_at")[:5],
    }


def consent_kinds() -> list[tuple[str, str]]:
    """The kinds of channel that are in use and on which something may go out."""
    sending = Channel.objects.filter(closed_at=None).exclude(replies=Policy.NONE, notices=Policy.NONE)
    used = set(sending.values_list("kind", flat=True))
    return [(key, label) for key, label in Kind.choices if key in used]


def allowed(customer: Customer) -> list[dict[str, Any]]:
    """For each purpose what holds now, by kind of channel, and the last thing they said about it."""
    latest: dict[str, Consent] = {}
    for said in Consent.objects.filter(customer=customer).order_by("at", "pk"):
        latest[said.purpose] = said
    kinds = consent_kinds()
    rows = []
    for purpose, label in Purpose.choices:
        now = consent.allowed([customer.pk], purpose)[customer.pk]
        rows.append(
            {
                "purpose": purpose,
                "label": label,
                "kinds": [(name, key in now) for key, name in kinds],
                "any": bool(now) if purpose in latest else purpose == Purpose.REPLY,
                "last": latest.get(purpose),
            }
        )
    return rows


def what_goes(customer: Customer) -> list[tuple[str, int]]:
    """What an erasure takes away, counted."""
    return [
        ("messages", Message.objects.filter(customer=customer).count()),
        ("addresses and handles", customer.identities.count()),
        ("words about consent", customer.consents.count()),
        ("insights in which they are counted", customer.backings.count()),
    ]
