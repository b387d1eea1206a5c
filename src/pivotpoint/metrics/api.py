"""The ledger, and whether standing answers still work, over the API."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.lib.problems import Problem
from pivotpoint.metrics import ledger as figures
from pivotpoint.metrics.effort import effort
from pivotpoint.metrics.standing import health
from pivotpoint.pivot.models import StandingAnswer

router = Router(tags=["metrics"])


@router.get("ledger", response=dict[str, Any], auth=needs_scope("ledger.view"))
def ledger(request: Call, days: int | None = None) -> dict[str, Any]:
    """Where every message is, and whether the sum balances."""
    return figures.ledger(_period(days)).as_dict()


@router.get("effort", response=dict[str, Any], auth=needs_scope("ledger.view"))
def listening_effort(request: Call, days: int | None = None) -> dict[str, Any]:
    """What listening takes of people and of the machine, and what came of it; nobody is named."""
    return effort(_period(days)).as_dict()


@router.get("standing-answers/{int:pk}/figures", response=dict[str, Any], auth=needs_scope("pivot.view"))
def standing_figures(request: Any, pk: int) -> dict[str, Any]:
    """Whether a standing answer still works: uses, who came back, verdicts before and since, weeks at the limit."""
    seen = StandingAnswer.objects.visible_to(user_of(request.auth))
    return health([get_object_or_404(seen, pk=pk)])[pk].as_dict()


def _period(days: int | None) -> int | None:
    if days is not None and not 1 <= days <= 3_650:
        raise Problem(422, "That can't be done", "Choose between 1 and 3,650 days, or leave it out for all.")
    return days
