"""Alerts as lists show them: with their insight, owner and the verdict that stands."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, Q

from pivotpoint.insights.models import Alert, AlertVerdict
from pivotpoint.insights.models.alert import AlertQuerySet

STATES: dict[str, str] = {
    "rising": "Rising now",
    "judged": "Judged",
    "quiet": "Quiet",
    "over": "Over",
    "all": "All",
}


def listed(user: Any, state: str = "all") -> AlertQuerySet:
    """The latest first."""
    rows = Alert.objects.visible_to(user).filter(_conditions()[state])
    standing = AlertVerdict.objects.standing().select_related("by")
    return (
        rows.with_quotes()
        .select_related("told_with__insight__theme")
        .prefetch_related(Prefetch("verdicts", queryset=standing, to_attr="standing_verdicts"))
    )


def counts(user: Any) -> dict[str, int]:
    """Alerts in each state; one query."""
    asked = {f"in_{state}": Count("pk", filter=condition) for state, condition in _conditions().items()}
    found = Alert.objects.visible_to(user).aggregate(**asked)
    return {state: found[f"in_{state}"] for state in STATES}


def _conditions() -> dict[str, Q]:
    judged = Q(pk__in=AlertVerdict.objects.standing().values("alert"))
    there = Q(insight__theme__merged_into=None, insight__theme__about_us=True)
    waking = Q(quiet="")
    return {
        "rising": waking & Q(calmed_at=None) & there,
        "judged": waking & judged,
        "quiet": ~waking,
        "over": waking & Q(calmed_at__isnull=False),
        "all": Q(pk__isnull=False),
    }
