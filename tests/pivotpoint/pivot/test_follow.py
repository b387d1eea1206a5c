"""Loops go where their insight goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.insights.decisions.foreign import not_about_us
from pivotpoint.insights.decisions.undo import undo
from pivotpoint.insights.models import Theme
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.pivot import follow, loops
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.models import Passage, Stage
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("now", "maren")


@pytest.fixture
def pivot(teams: Any, ines: Any) -> Any:
    return make_pivot(teams["finance"], ines)


def merge(gone: int, kept: int | None) -> None:
    Theme.objects.filter(pk=gone).update(merged_into=kept)


def test_an_open_loop_goes_to_the_survivor_and_comes_back(pivot: Any) -> None:
    gone, kept = make_insight(1), make_insight(2)
    loop = loops.open_loop(gone, pivot, by=None)
    merge(1, 2)
    assert follow.follow_merged() == 1
    assert follow.follow_merged() == 0
    loop.refresh_from_db()
    assert loop.insight == kept
    merge(1, None)
    assert follow.come_back() == 1
    loop.refresh_from_db()
    assert loop.insight == gone


def test_a_loop_that_is_back_stays_whatever_else_is_undone(pivot: Any) -> None:
    """It goes two insights on, comes back step by step, and then has nowhere to go."""
    first, second = make_insight(1), make_insight(2)
    make_insight(3)
    loop = loops.open_loop(first, pivot, by=None)
    for gone, kept in ((1, 2), (2, 3)):
        merge(gone, kept)
        follow.follow_merged()
    for gone, home in ((2, second), (1, first)):
        merge(gone, None)
        assert follow.come_back() == 1
        loop.refresh_from_db()
        assert loop.insight == home
    assert follow.come_back() == 0
    loop.refresh_from_db()
    assert loop.insight == first
    merge(1, 2)
    assert follow.follow_merged() == 1
    merge(1, None)
    assert (follow.come_back(), follow.come_back()) == (1, 0)


def test_of_two_loops_the_younger_ends_with_the_reason(pivot: Any, now: Any) -> None:
    older = loops.open_loop(make_insight(1), pivot, by=None)
    with clock.at(now + timedelta(hours=1)):
        younger = loops.open_loop(make_insight(2), pivot, by=None)
    merge(1, 2)  # the older loop's theme goes, its loop stays
    with clock.at(now + timedelta(hours=2)):
        follow.follow_merged()
    older.refresh_from_db()
    younger.refresh_from_db()
    assert (older.insight_id, older.closed_at) == (2, None)
    assert younger.closed_at is not None
    assert younger.moves.last().reason == f"The same as loop {older.pk}, which goes on for both."  # type: ignore[union-attr]
    # Nobody is to be told that it was declined: it goes on.
    assert not Event.objects.filter(name="pivot.loop_declined").exists()
    assert younger.stage == Stage.DECLINED


def test_a_waiting_passage_goes_along(pivot: Any) -> None:
    decide(make_insight(1))
    kept = make_insight(2)
    merge(1, 2)
    follow.follow_merged()
    assert Passage.objects.waiting().get().insight == kept
    make_insight(3)
    decide(make_insight(4))
    merge(4, 2)
    follow.follow_merged()
    assert Passage.objects.get(insight=4).reason == "Merged into “Refund 2 does not arrive”."


def test_what_is_not_about_us_waits_at_no_gate_until_that_is_undone(
    pivot: Any, maren: Any, django_capture_on_commit_callbacks: Any
) -> None:
    insight = make_insight(1)
    decide(insight)
    with django_capture_on_commit_callbacks(execute=True):
        action = not_about_us(insight.theme, by=maren)
    held = Passage.objects.get(insight=insight)
    assert (held.state, held.reason, held.decided_by) == ("held", "Not about us.", maren)
    decide(insight)
    assert not Passage.objects.waiting().exists()
    with django_capture_on_commit_callbacks(execute=True):
        undo(action, by=maren)
    stands = Passage.objects.waiting().get()
    assert (stands.insight, stands.decided_by, stands.reason) == (insight, None, "")
