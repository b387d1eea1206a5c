"""What listening takes, and what comes of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.metrics.effort import AT_MOST, effort

PERIODS = {"7": 7, "30": 30, "90": 90, "": None}


@require_safe
@needs("desk.view")
def effort_page(request: HttpRequest) -> HttpResponse:
    """`?days=` 7, 30 or 90; anything else is the whole history."""
    asked = request.GET.get("days", "")
    period = asked if asked in PERIODS else ""
    found = effort(PERIODS[period])
    context = {
        "effort": found,
        "minutes": AT_MOST.seconds // 60,
        "most": max((week.acts for week in found.weeks), default=0) or 1,
        "period": period,
        "periods": [(key, f"{days} days" if days else "All") for key, days in PERIODS.items()],
    }
    return render(request, "desk/effort.html", context)
