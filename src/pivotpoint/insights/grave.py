"""Severity from people who are about to leave or who report a crisis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from pivotpoint.accounts import moods
from pivotpoint.insights.models import Insight, ThemeShare
from pivotpoint.insights.severity import NONE, judge
from pivotpoint.journal.models import Event
from pivotpoint.lib import bulk
from textanalytics.base import SIGNALS


def judge_grave(themes: Collection[int]) -> None:
    """Judge anew those of these themes' insights in which such people were counted (`shares.count_shares`)."""
    rows = ThemeShare.objects.filter(theme__in=themes)
    if grave := _grave(rows):
        _judge(Insight.objects.filter(pk__in=grave), grave)


def judge_all(event: Event) -> None:
    """Judge all insights again after moods were switched on or off. Idempotent."""
    if event.data.get("moods_switched"):
        _judge(Insight.objects.live(), _grave(ThemeShare.objects.all()))


def _grave(rows: QuerySet[ThemeShare]) -> dict[int, dict[str, int]]:
    grave: dict[int, dict[str, int]] = defaultdict(dict)
    said = rows.filter(judgement=ThemeShare.Judgement.INTENT, value__in=SIGNALS)
    for theme, signal, people in said.values_list("theme", "value", "people"):
        grave[theme][signal] = people
    return grave


def _judge(rows: QuerySet[Insight], grave: Mapping[int, Mapping[str, int]]) -> None:
    feeling = moods.shown()
    insights = list(rows.select_related("theme").order_by("pk"))
    for insight in insights:
        insight.severity, insight.severity_why = judge(
            insight.theme, grave.get(insight.pk, NONE), feeling=feeling
        )
    bulk.change(insights, ("severity", "severity_why"))
