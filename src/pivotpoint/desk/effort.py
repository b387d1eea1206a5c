"""What listening takes, and what comes of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.metrics.effort import AT_MOST, effort
from pivotpoint.metrics.views import period_asked


@require_safe
@needs("ledger.view")
def effort_page(request: HttpRequest) -> HttpResponse:
    days, periods = period_asked(request)
    found = effort(days)
    context = {
        "effort": found,
        "minutes": AT_MOST.seconds // 60,
        "most": max((week.acts for week in found.weeks), default=0) or 1,
        **periods,
    }
    return render(request, "desk/effort.html", context)
