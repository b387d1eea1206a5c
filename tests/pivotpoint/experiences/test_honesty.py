"""Heard, handed over, accepted, delivered, told, confirmed: different people, each step a part of the one before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.experiences import verdicts
from pivotpoint.experiences.honesty import honesty
from pivotpoint.experiences.models import Notice
from pivotpoint.jobs import kept
from pivotpoint.jobs.models import Figure
from pivotpoint.lib import clock
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Loop
from tests.pivotpoint.experiences.conftest import People, record

pytestmark = pytest.mark.django_db


def steps() -> list[int]:
    return [people for _, people in honesty().steps]


def test_each_step_counts_its_people(loop: Loop, people: People, ines: Any, now: Any, sent: Any) -> None:
    people.join(consents=False)
    assert steps() == [4, 4, 0, 0, 0, 0]
    loops.accept(loop, by=ines)
    assert steps() == [4, 4, 4, 0, 0, 0]
    record(loop, ines, now)
    assert steps() == [4, 4, 4, 4, 0, 0]
    sent()
    assert steps() == [4, 4, 4, 4, 3, 0]
    told = Notice.objects.filter(state="told").order_by("pk")
    for notice, said in zip(told, ("helped", "partly"), strict=False):
        verdicts.give(notice, said)
    assert steps() == [4, 4, 4, 4, 3, 1]
    assert (honesty().owed, honesty().helped_share) == (1, 0.5)


def test_a_declined_loop_was_answered(loop: Loop, ines: Any) -> None:
    loops.decline(loop, "Not now.", by=ines)
    assert steps() == [3, 3, 3, 3, 0, 0]


def test_one_voice_alone_is_not_yet_a_shared_problem(people: People) -> None:
    people.join()
    assert steps() == [0, 0, 0, 0, 0, 0]


def test_what_is_long_ago_is_not_counted(loop: Loop, now: Any) -> None:
    with clock.at(now + timedelta(days=120)):
        assert steps() == [0, 0, 0, 0, 0, 0]


def test_waiting_is_measured_from_their_first_words(change: Any, sent: Any) -> None:
    assert honesty().told_within is None
    sent()
    assert honesty().told_within == timedelta(days=10).total_seconds()
    assert honesty().told_in == "10 days"


def test_figures_take_the_same_few_statements_for_more_people(
    change: Any, people: People, sent: Any, django_assert_max_num_queries: Any
) -> None:
    sent()
    with django_assert_max_num_queries(8):
        honesty()
    for _ in range(20):
        people.join()
    with django_assert_max_num_queries(8):
        honesty()


def test_a_dear_figure_is_kept_until_its_time_has_come(loop: Loop, now: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(kept, "DEAR_MS", -1)
    monkeypatch.setattr(kept, "_shown", [])
    assert honesty().heard == 3
    Figure.objects.update(value={**Figure.objects.get().value, "heard": 99})
    assert honesty().heard == 99
    assert kept.refresh() == 0
    with clock.at(now + timedelta(hours=1)):
        assert kept.refresh() == 1
        assert honesty().heard == 3
