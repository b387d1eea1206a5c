"""Who may be one person counts once for a rung, until somebody has decided."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.customers.models import Customer, MergeSuggestion
from pivotpoint.customers.suggest import decide
from pivotpoint.insights.counting.count import recount
from pivotpoint.insights.counting.doubtful import doubtful
from pivotpoint.insights.models import Insight, Theme
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import record, sweep
from tests.switchyard import make_insight

pytestmark = pytest.mark.django_db


@pytest.fixture
def insight(now: Any, cast: dict[str, Any]) -> Insight:
    insight = make_insight(1, 3)
    recount([1])
    return insight


def may_be_one(first: int, second: int) -> MergeSuggestion:
    one, other = (Customer.objects.get(name=f"Person 1.{number}") for number in (first, second))
    row = MergeSuggestion.objects.create(one=one, other=other, reason="The same name.")
    record("customers.merge_suggested", row, one=one.pk, other=other.pk)
    return row


def theme() -> Theme:
    return Theme.objects.get(pk=1)


def test_two_who_may_be_one_count_once_until_somebody_says_that_they_are_two(
    insight: Insight, maren: Any, django_capture_on_commit_callbacks: Any
) -> None:
    assert (theme().people, theme().rung) == (3, "trend")
    with django_capture_on_commit_callbacks(execute=True):
        row = may_be_one(0, 1)
    assert (theme().people, theme().doubtful, theme().rung) == (3, 1, "pattern")
    assert Event.objects.filter(name="insights.fell_a_rung").count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        decide(row, False, by=maren)
    sweep()
    assert (theme().people, theme().doubtful, theme().rung) == (3, 0, "trend")


def test_when_they_are_one_they_are_counted_once_for_good(
    insight: Insight, maren: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        decide(may_be_one(0, 1), True, by=maren)
    sweep()
    assert (theme().people, theme().doubtful, theme().rung) == (2, 0, "pattern")


def test_three_who_may_all_be_one_are_two_fewer(insight: Insight) -> None:
    for pair in ((0, 1), (1, 2), (0, 2)):
        may_be_one(*pair)
    assert doubtful([1]) == {1: 2}


def test_a_doubt_about_people_behind_different_things_changes_nothing(insight: Insight) -> None:
    make_insight(2, 1)
    one, other = Customer.objects.get(name="Person 1.0"), Customer.objects.get(name="Person 2.0")
    MergeSuggestion.objects.create(one=one, other=other, reason="The same name.")
    assert doubtful([1, 2]) == {}
