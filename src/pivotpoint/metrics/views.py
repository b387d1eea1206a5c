"""The ledger as a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.experiences.honesty import honesty
from pivotpoint.metrics.ledger import ledger

PERIODS = {"7": 7, "30": 30, "90": 90, "": None}


def period_asked(request: HttpRequest) -> tuple[int | None, dict[str, Any]]:
    """Days (None: all) and what a page shows to choose them; `?days=` 7, 30 or 90, anything else is the whole history."""
    asked = request.GET.get("days", "")
    period = asked if asked in PERIODS else ""
    periods = [(key, f"{days} days" if days else "All") for key, days in PERIODS.items()]
    return PERIODS[period], {"period": period, "periods": periods}


@require_safe
@needs("ledger.view")
def ledger_page(request: HttpRequest) -> HttpResponse:
    days, periods = period_asked(request)
    context = {"ledger": ledger(days), "honesty": honesty(), **periods}
    return render(request, "metrics/ledger.html", context)
