"""People who are about to leave, or who speak of a crisis, make an insight more severe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from pivotpoint.insights.models import Insight, ThemeShare
from pivotpoint.insights.severity import judge
from pivotpoint.lib import bulk
from textanalytics.base import SIGNALS


def judge_grave(themes: Collection[int]) -> None:
    """Judge anew those of these themes' insights in which such people were counted (`shares.count_shares`)."""
    rows = ThemeShare.objects.filter(
        theme__in=themes, judgement=ThemeShare.Judgement.INTENT, value__in=SIGNALS
    )
    grave: dict[int, dict[str, int]] = defaultdict(dict)
    for theme, signal, people in rows.values_list("theme", "value", "people"):
        grave[theme][signal] = people
    if not grave:
        return
    insights = list(Insight.objects.filter(pk__in=grave).select_related("theme").order_by("pk"))
    for insight in insights:
        insight.severity, insight.severity_why = judge(insight.theme, grave[insight.pk])
    bulk.change(insights, ("severity", "severity_why"))
