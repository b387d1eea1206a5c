"""Which days an insight's bars show."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from pivotpoint.desk.chart import days_chart
from pivotpoint.insights.models import Theme, ThemeDay
from tests.switchyard import make_insight

pytestmark = pytest.mark.django_db


def spoken(now: datetime, *days_ago: int) -> Theme:
    """Five people on each of these days."""
    said = [now - timedelta(days=ago) for ago in days_ago]
    theme = make_insight(first_at=min(said), last_at=max(said)).theme
    for moment in said:
        ThemeDay.objects.create(theme=theme, day=moment.date(), people=5, messages=5, negative=0)
    return theme


def test_what_is_spoken_of_is_shown_until_today(form: Any, now: datetime) -> None:
    chart = days_chart(spoken(now, 20, 3))
    assert ([words for _, words, _ in chart.ticks][1], len(chart.bars)) == ("today", 2)
    assert chart.lately == pytest.approx(5 / 7)


def test_what_was_said_long_ago_is_shown_when_it_was_said(form: Any, now: datetime) -> None:
    chart = days_chart(spoken(now, 700, 690))
    end = [words for _, words, _ in chart.ticks][1]
    last = now - timedelta(days=690)
    assert (end, len(chart.bars), chart.lately) == (f"{last.day} {last:%b} {last.year}", 2, 0)
    assert f"to {end}" in chart.label


def test_a_few_where_there_was_nobody_are_drawn_as_no_rise(form: Any, now: datetime) -> None:
    theme = spoken(now, 20, 3)
    theme.onset, theme.rate_before, theme.rate_since = (now - timedelta(days=3)).date(), 0.0, 0.9
    chart = days_chart(theme)
    assert (chart.onset, any(bar.hot for bar in chart.bars)) == (None, False)
    theme.rate_since = 4.0
    chart = days_chart(theme)
    assert (chart.onset, any(bar.hot for bar in chart.bars)) == (theme.onset, True)
