"""The payload of a hand-off: versioned JSON with no more personal data than a destination needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from pivotpoint.accounts import moods
from pivotpoint.insights.models import Insight
from pivotpoint.pivot.evidence import quotes
from pivotpoint.pivot.models import Attachment, Loop

SCHEMA = "pivotpoint.handoff/1"
ERASED = "quotes.erased"
"""The type of a hand-off that asks to forget what an earlier one has quoted."""


def payload(loop: Loop, key: str) -> dict[str, Any]:
    """The body of the hand-off `key`. Receivers may rely on these fields within one `schema`."""
    site = settings.SITE_URL
    return {
        "schema": SCHEMA,
        "type": "loop.handed_over",
        "handoff": key,
        "loop": {
            "id": loop.pk,
            "stage": loop.stage,
            "owner": str(loop.owner),
            "team": loop.team.key,
            "due_at": loop.due_at.isoformat(),
            "reopened": loop.times_reopened,
            "reason": loop.moves.order_by("pk").values_list("reason", flat=True).last() or "",
            "url": f"{site}/loops/{loop.pk}/",
        },
        "pivot": {"id": loop.pivot_id, "name": loop.pivot.name, "process": loop.pivot.process},
        "insight": _insight(loop.insight),
        "attached": _attached(loop),
        "answer_url": f"{site}/api/v1/handoffs/{key}/answers",
    }


def _attached(loop: Loop) -> list[dict[str, Any]]:
    """Further insights that go along with the loop."""
    rows = Attachment.objects.standing().filter(loop=loop).select_related("insight__theme")
    return [
        {
            "id": row.insight_id,
            "title": row.insight.theme.title,
            "people": row.insight.theme.people,
            "role": row.role,
            "url": f"{settings.SITE_URL}/insights/{row.insight_id}/",
        }
        for row in rows
    ]


def _insight(insight: Insight) -> dict[str, Any]:
    theme = insight.theme
    return {
        "id": insight.pk,
        "title": theme.title,
        "people": theme.people,
        "messages": theme.messages,
        "rung": theme.rung,
        "severity": insight.severity,
        "severity_why": insight.severity_why,
        "function": theme.function,
        "negative_share": round(theme.negative_share, 3) if moods.shown() else None,
        "keywords": theme.keywords[:10],
        "first_seen": theme.first_at.isoformat() if theme.first_at else None,
        "onset": theme.onset.isoformat() if theme.onset else None,
        "quotes": quotes(insight),
        "url": f"{settings.SITE_URL}/insights/{insight.pk}/",
    }
