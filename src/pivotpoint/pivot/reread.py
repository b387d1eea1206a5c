"""Rereading a history: which open loops it would affect."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from pivotpoint.listening.models import Reread
from pivotpoint.listening.rereads.moves import changed, reports
from pivotpoint.pivot.models import Loop

SHOWN = 20


@reports("loops")
def loops_report(run: Reread) -> list[dict[str, Any]]:
    """Open loops, those first of which most people would move; two queries."""
    theme = "message__membership__cluster__theme"
    loops = Loop.objects.open()
    touched = changed(run, "about_us", "actionable", "function").order_by()
    mine = touched.filter(**{f"{theme}__in": loops.order_by().values("insight")})
    people = dict(
        mine.values(theme).annotate(n=Count("message__customer", distinct=True)).values_list(theme, "n")
    )
    rows = loops.filter(insight__in=people).select_related("pivot")
    found = [
        {
            "loop": loop.pk,
            "pivot": loop.pivot.name,
            "stage": loop.get_stage_display(),
            "people": people[loop.insight_id],
        }
        for loop in rows
    ]
    return sorted(found, key=lambda row: (-row["people"], row["loop"]))[:SHOWN]
