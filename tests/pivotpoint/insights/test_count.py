"""When the people behind themes are counted again."""

from __future__ import annotations

import pytest

from pivotpoint.insights.counting import count
from pivotpoint.insights.models import Theme

pytestmark = pytest.mark.django_db


def _theme(pk: int, messages: int, uncounted: int) -> None:
    Theme.objects.create(
        pk=pk, title=f"Theme {pk}", titled_for=10_000, messages=messages, uncounted=uncounted
    )


def test_while_more_comes_a_small_theme_is_counted_when_it_has_doubled_and_a_large_one_later() -> None:
    for pk, (messages, uncounted) in enumerate(
        ((0, 1), (2, 1), (2, 2), (999, 999), (1_000, 1_000), (1_000, 2_999), (1_000, 3_000)), 1
    ):
        _theme(pk, messages, uncounted)
    assert count.count_due(busy=True) == 4
    waiting = Theme.objects.filter(uncounted__gt=0).order_by("pk")
    assert list(waiting.values_list("pk", flat=True)) == [2, 5, 6]


def test_when_nothing_more_comes_all_are_counted() -> None:
    _theme(1, 1_000, 1)
    assert count.count_due(busy=False) == 1
    assert not Theme.objects.filter(uncounted__gt=0).exists()
