"""The ledger over the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from pivotpoint.accounts.doors import needs_scope
from pivotpoint.lib.problems import Problem
from pivotpoint.metrics import ledger as figures

router = Router(tags=["metrics"])


@router.get("ledger", response=dict[str, Any], auth=needs_scope("ledger.view"))
def ledger(request: HttpRequest, days: int | None = None) -> dict[str, Any]:
    """Where every message is, and whether the sum balances."""
    if days is not None and not 1 <= days <= 3_650:
        raise Problem(422, "That can't be done", "Choose between 1 and 3,650 days, or leave it out for all.")
    return figures.ledger(days).as_dict()
