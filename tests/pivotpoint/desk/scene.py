"""A small yard for the desk's tests: three insights on three rungs, one pivot of finance, the form as a channel."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from pivotpoint.insights.models import Backing, Insight, ThemeDay
from pivotpoint.lib import clock
from pivotpoint.listening.models import Reading
from tests.switchyard import make_insight, make_pivot


def url(name: str, *args: Any) -> str:
    return reverse(f"desk:{name}", args=args)


def read_all() -> None:
    """Every message is read as upset; the word refund decided."""
    for reading in Reading.objects.select_related("message"):
        at = reading.message.text.index("refund")
        reading.mood, reading.sentiment = "negative", -0.5
        reading.function, reading.evidence = "finance", {"intent": [[at, at + 6]]}
        reading.save()


def count_days(insight: Insight) -> None:
    """Its people of the last days, as the counting would have kept them."""
    people = Backing.objects.filter(theme=insight.pk).count()
    today = clock.today()
    ThemeDay.objects.bulk_create(
        ThemeDay(theme_id=insight.pk, day=today - timedelta(days=n), people=1, messages=1, negative=1)
        for n in range(min(people, 20))
    )


@pytest.fixture
def yard(now: Any, cast: dict[str, Any]) -> SimpleNamespace:
    """`trend`, `pattern`, `voice`; `refunds` takes trends at a checked gate and leads to a task list."""
    moment = {"opened_at": now - timedelta(days=2), "climbed_at": now - timedelta(hours=5)}
    trend = make_insight(1, 5, title="Refund still missing", severity="high", **moment)
    pattern = make_insight(2, 2, title="Locker code comes late", function="service", **moment)
    voice = make_insight(
        3, 1, title="Paint tin handle broke", function="product", opened_at=moment["opened_at"]
    )
    for one in (trend, pattern, voice):
        count_days(one)
    read_all()
    refunds = make_pivot(cast["ines"].team, cast["ines"])
    return SimpleNamespace(trend=trend, pattern=pattern, voice=voice, refunds=refunds, **cast)
