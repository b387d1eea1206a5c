"""When the people behind themes are counted again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pivotpoint.insights.counting import count
from pivotpoint.insights.models import IndexState, MicroCluster, Theme
from pivotpoint.lib import clock

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


@pytest.mark.parametrize(
    ("messages", "uncounted", "seconds", "counted"),
    [
        (999, 1, 0, True),
        (1_000, 9, 0, False),
        (1_000, 10, 0, True),
        (1_000, 9, 31, True),
        (90_000, 899, 29, False),
        (90_000, 1, 31, True),
    ],
)
def test_a_large_theme_rests_while_few_more_come(
    messages: int, uncounted: int, seconds: int, counted: bool
) -> None:
    """90,000 messages in all: half a minute."""
    IndexState.objects.create(pk=1, encoder="x", gathered=90_000)
    _theme(1, messages, uncounted)
    Theme.objects.update(counted_at=clock.now() - timedelta(seconds=seconds))
    assert count.count_due(busy=False) == counted


def test_in_a_short_history_hardly_anything_rests() -> None:
    IndexState.objects.create(pk=1, encoder="x", gathered=1_500)
    _theme(1, 1_000, 1)
    Theme.objects.update(counted_at=clock.now() - timedelta(seconds=1))
    assert count.count_due(busy=False) == 1


@pytest.mark.parametrize(
    ("sizes", "portions"),
    [
        ([], []),
        ([60_000, 40_000, 1], [[1, 2], [3]]),
        ([250_000, 1, 1], [[1], [2, 3]]),
        ([1, 250_000, 1], [[1], [2], [3]]),
        ([0] * 201, [list(range(1, 201)), [201]]),
    ],
)
def test_no_more_messages_than_fit_in_memory_are_counted_at_once(
    sizes: list[int], portions: list[list[int]]
) -> None:
    for pk, size in enumerate(sizes, 1):
        _theme(pk, 0, 1)  # Not counted yet, as after a consolidation.
        MicroCluster.objects.create(pk=pk, theme_id=pk, count=size, vector=b"")
    assert list(count._portions(list(range(1, len(sizes) + 1)))) == portions
