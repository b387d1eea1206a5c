"""Search everything: insights, customers, their words, loops, changes; each within what the user may see."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.channels import search as words_index
from pivotpoint.channels.models import Message
from pivotpoint.customers.models import Customer
from pivotpoint.desk.customers import sought, wanted
from pivotpoint.desk.places import places
from pivotpoint.experiences.models import Change
from pivotpoint.insights.models import Insight
from pivotpoint.pivot.models import Loop

EACH, WORDS = 6, 12
AROUND = 90
_word = re.compile(r"\w+")


@require_safe
@needs("desk.view")
def search_page(request: HttpRequest) -> HttpResponse:
    """A constant number of queries, whatever is found."""
    query = wanted(request)
    hits = found(query, request.user) if query else {}
    return render(request, "desk/search.html", {"query": query, "found": hits, "any": any(hits.values())})


def found(query: str, user: Any) -> dict[str, Any]:
    """The first of each kind: insights with their place, customers, words, loops, changes."""
    insights = Insight.objects.visible_to(user).live().filter(_all("theme__title", query))
    shown = list(insights.select_related("theme").order_by("-theme__people", "pk")[:EACH])
    where = places(shown)
    loops = Loop.objects.visible_to(user).select_related("insight__theme", "pivot", "owner", "team")
    changes = Change.objects.visible_to(user).filter(_all("title", query) | _all("what", query))
    return {
        "insights": [{"insight": one, "place": where[one.pk]} for one in shown],
        "customers": _people(query, user),
        "words": _words(query, user),
        "loops": list(loops.filter(_loop(query)).order_by("-opened_at")[:EACH]),
        "changes": list(changes.order_by("-live_since", "-pk")[:EACH]),
    }


def _all(field: str, query: str) -> Q:
    """Every word of the query is in the field."""
    condition = Q()
    for word in _word.findall(query)[:12] or [query]:
        condition &= Q(**{f"{field}__icontains": word})
    return condition


def _loop(query: str) -> Q:
    """By its number, its insight or its pivot."""
    number = query.lower().removeprefix("loop").strip(" #")
    known = Q(pk=number) if number.isdecimal() and len(number) < 18 else Q()
    return known | _all("insight__theme__title", query) | _all("pivot__name", query)


def _people(query: str, user: Any) -> list[Customer]:
    rows = sought(Customer.objects.visible_to(user), query)
    return list(rows.prefetch_related("identities").order_by("-pk")[:EACH])


def _words(query: str, user: Any) -> list[dict[str, Any]]:
    """Messages that hold these words, best first, each cut down to where they stand."""
    ids = words_index.find(query, user, limit=WORDS)
    rows = Message.objects.filter(pk__in=ids).select_related("channel", "customer", "author")
    by_pk = {row.pk: row for row in rows}
    return [{"message": by_pk[pk], **cut(by_pk[pk].text, query)} for pk in ids if pk in by_pk]


def cut(text: str, query: str) -> dict[str, Any]:
    """The text around the first of the words, and where they are in it (half-open offsets)."""
    sought_for = [re.escape(word) for word in _word.findall(query)]
    pattern = re.compile(rf"\b(?:{'|'.join(sought_for)})\w*" if sought_for else r"(?!)", re.IGNORECASE)
    first = pattern.search(text)
    start = max(0, (first.start() if first else 0) - AROUND)
    start = text.find(" ", start, start + 20) + 1 if start else 0
    end = min(len(text), start + 3 * AROUND)
    lead, piece = "… " if start else "", text[start:end].replace("\n", " ")
    shown = lead + piece + ("…" if end < len(text) else "")
    return {"text": shown, "spans": [match.span() for match in pattern.finditer(shown)]}
