"""What nobody catches: insights that no pivot's rules take, those of most people first; each can begin a rule."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.rule_form import Draft, edited
from pivotpoint.insights.models import Backing, Insight
from pivotpoint.lib.among import among
from pivotpoint.pivot import decide
from pivotpoint.pivot.draft import draft

A_PAGE = 40


@require_safe
@needs("pivot.view")
def uncovered_page(request: HttpRequest) -> HttpResponse:
    rows = decide.uncovered().filter(pk__in=Insight.objects.visible_to(request.user).values("pk"))
    ids = list(rows.order_by("-theme__people", "pk").values_list("pk", flat=True))
    page = Paginator(ids, A_PAGE).get_page(request.GET.get("page"))
    found = Insight.objects.select_related("theme").in_bulk(list(page.object_list))
    people = Backing.objects.filter(among("theme_id", ids))
    context = {
        "page": page,
        "insights": [found[pk] for pk in page.object_list],
        "total": len(ids),
        "people": people.aggregate(n=Count("customer", distinct=True))["n"],
    }
    return render(request, "desk/uncovered.html", context)


def begun(request: HttpRequest) -> list[Draft]:
    """The rules that a new pivot begins with: one for the insight that it is made for, else an empty one."""
    asked = request.GET.get("insight", "")
    rows: Any = Insight.objects.visible_to(request.user).select_related("theme")
    insight = rows.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None
    return [draft(insight)] if insight else edited([], "add-rule")
