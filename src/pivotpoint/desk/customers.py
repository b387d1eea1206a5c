"""Customers: who they are, and who may be one person."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.channels.models import Message
from pivotpoint.customers import search
from pivotpoint.customers.models import Customer, Identity, MergeSuggestion
from pivotpoint.customers.suggest import decide
from pivotpoint.desk.doing import do
from pivotpoint.insights.models import Backing
from pivotpoint.lib.paging import Page, page
from pivotpoint.lib.problems import Problem

A_PAGE = 40
MOST_SEGMENTS = 50


@require_safe
@needs("customer.view")
def customers_page(request: HttpRequest) -> HttpResponse:
    """Each person once, the newest first."""
    words, segment = wanted(request), request.GET.get("segment", "").replace("\0", "")
    rows = sought(Customer.objects.visible_to(request.user), words)
    if segment:
        rows = rows.filter(segment=segment)
    found = turned(rows, request.GET.get("cursor"))
    asked = {key: value for key, value in (("q", words), ("segment", segment)) if value}
    context = {
        "lines": _lines(found.items),
        "words": words,
        "segment": segment,
        "segments": _segments(),
        "next_page": urlencode({**asked, "cursor": found.next}) if found.next else "",
        "first_page": urlencode(asked) if request.GET.get("cursor") else None,
        "waiting": MergeSuggestion.objects.visible_to(request.user).waiting().count(),
    }
    return render(request, "desk/customers.html", context)


def wanted(request: HttpRequest) -> str:
    """What was typed, without what no name holds."""
    return "".join(filter(str.isprintable, request.GET.get("q", ""))).strip()[:120]


def sought(rows: QuerySet[Customer], words: str) -> Any:
    """Those who are found by these words; everybody where there are none."""
    people = rows.filter(merged_into=None, erased_at=None).select_related("organisation")
    return search.find(people, words) if words else people


def turned(rows: QuerySet[Any], cursor: str | None) -> Page:
    """One page; a cursor that is not ours shows the first."""
    try:
        return page(rows, cursor, A_PAGE, key="-pk")
    except Problem:
        return page(rows, None, A_PAGE, key="-pk")


def _lines(people: list[Customer]) -> list[dict[str, Any]]:
    """What each has said and stands behind, and how they are known: three queries for any number."""
    ids = [one.pk for one in people]
    heard = Message.objects.heard().filter(customer__in=ids).order_by().values_list("customer")
    said = {pk: (n, last) for pk, n, last in heard.annotate(Count("pk"), Max("said_at"))}
    behind = Backing.objects.filter(customer__in=ids, theme__insight__isnull=False).order_by()
    insights = dict(behind.values_list("customer").annotate(Count("theme")))
    handles: dict[int, list[Identity]] = {}
    for identity in Identity.objects.filter(customer__in=ids).order_by("pk"):
        handles.setdefault(identity.customer_id, []).append(identity)
    return [
        {
            "customer": one,
            "messages": said.get(one.pk, (0, None))[0],
            "last": said.get(one.pk, (0, None))[1],
            "insights": insights.get(one.pk, 0),
            "handles": handles.get(one.pk, []),
        }
        for one in people
    ]


def _segments() -> list[str]:
    rows = Customer.objects.filter(segment__gt="").order_by("segment").values_list("segment", flat=True)
    return list(rows.distinct()[:MOST_SEGMENTS])


@require_safe
@needs("customer.view")
def suggestions_page(request: HttpRequest) -> HttpResponse:
    """Who may be one person, with the reason; somebody decides."""
    rows = (
        MergeSuggestion.objects.visible_to(request.user)
        .waiting()
        .select_related("one__organisation", "other__organisation")
    )
    shown = Paginator(rows.order_by("-pk"), 20).get_page(request.GET.get("page"))
    pairs = list(shown.object_list)
    both = _lines([one for pair in pairs for one in (pair.one, pair.other)])
    lines = {line["customer"].pk: line for line in both}
    context = {
        "page": shown,
        "address": "",
        "pairs": [(pair, [lines[pair.one_id], lines[pair.other_id]]) for pair in pairs],
    }
    return render(request, "desk/customers_suggestions.html", context)


@require_POST
@needs("customer.change")
def suggestion_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`as=one` merges them, anything else keeps them apart for good."""
    suggestion = get_object_or_404(
        MergeSuggestion.objects.visible_to(request.user).select_related("one", "other"), pk=pk
    )
    accept = request.POST.get("as") == "one"
    done = (
        f"{suggestion.one} and {suggestion.other} are one person now."
        if accept
        else "Two people; it is not asked again."
    )
    back = reverse("desk:suggestions")
    return do(request, lambda: decide(suggestion, accept, by=request.user), done, back)
