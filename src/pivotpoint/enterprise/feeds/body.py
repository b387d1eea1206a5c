"""The body of an event that leaves the house: facts and figures; of customers' words only the insight's title and words that
many use."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from pivotpoint.accounts import moods
from pivotpoint.insights.models import Alert, Insight
from pivotpoint.insights.severity import unfelt
from pivotpoint.journal.models import Event

SCHEMA = "pivotpoint.event/1"


def body(event: Event) -> dict[str, Any]:
    """Within one schema version fields are only added. What has been deleted meanwhile is null."""
    return {
        "schema": SCHEMA,
        "type": event.name,
        "event": event.pk,
        "at": event.at.isoformat(),
        "actor": {"kind": event.actor_kind, "name": event.actor_name},
        "insight": _insight(event.subject_id),
        "alert": _alert(event.data.get("alert")),
        "verdict": event.data.get("value"),
    }


def _insight(pk: int) -> dict[str, Any] | None:
    insight = Insight.objects.select_related("theme").filter(pk=pk).first()
    if insight is None:
        return None
    theme = insight.theme
    return {
        "id": pk,
        "title": theme.title,
        "url": f"{settings.SITE_URL}/insights/{pk}/",
        "people": theme.people,
        "rung": theme.rung,
        "severity": insight.severity,
        "function": theme.function,
    }


def _alert(pk: int | None) -> dict[str, Any] | None:
    alert = Alert.objects.select_related("owner", "insight__theme").filter(pk=pk or 0).first()
    if alert is None:
        return None
    return {
        "id": alert.pk,
        "summary": " ".join(filter(None, (f"“{alert.called}”: {alert.counted}", alert.where))),
        "words": alert.words,
        "share": round(alert.share, 4),
        "people": alert.people,
        "hours": alert.hours,
        "expected": alert.expected,
        "false_share": alert.false_share,
        "severity": alert.severity,
        "severity_why": alert.severity_why if moods.shown() else unfelt(alert.severity_why),
        "since": alert.onset.isoformat(),
        "function": alert.function,
        "owner": alert.owner.email if alert.owner else None,
    }
