"""What rises now is said with its window, what was usual, and how sure that is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from textanalytics.rising.rises import Hours, Rise, rises
from textanalytics.rising.surges import WINDOWS


def quiet(themes: int) -> Hours:
    return Hours(
        np.zeros((themes, len(WINDOWS)), np.int64),
        np.zeros(len(WINDOWS), np.int64),
        np.ones((themes, len(WINDOWS))),
    )


def look(people: Any, everyone: Any, hours: Hours | None = None, **more: Any) -> list[Rise]:
    table = np.asarray(people)
    asked = {"tested": 50, "false_before": [0] * len(table)} | more
    return rises(table, np.asarray(everyone), hours or quiet(len(table)), **asked)


def usual(days: int = 60, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    return random.poisson(0.5, days), random.poisson(40, days)


@pytest.mark.parametrize("seed", range(5))
def test_a_burst_of_today_is_said_with_what_was_usual(seed: int) -> None:
    people, everyone = usual(seed=seed)
    people[-8:] = [0] * 7 + [12]
    (rise,) = look([people], everyone)
    assert (rise.index, rise.day, rise.people) == (0, 59, 12)
    assert rise.hours == 24
    assert rise.expected < 2
    assert rise.false_share < 0.01


def test_a_burst_that_is_over_does_not_rise_now() -> None:
    people, everyone = usual()
    people[40:43], people[50:] = 15, 0
    assert look([people], everyone) == []


def test_no_week_is_judged_by_a_single_day_before_it() -> None:
    steady, everyone = [0, 4, 4, 4, 4, 4, 4, 4], [40] * 8
    assert look([steady], everyone) == []
    assert look([[0] * 8 + steady], [40] * 16)


def test_what_rises_over_days_began_when_the_days_did() -> None:
    people, everyone = usual(seed=2)
    people[-4:] = [3, 5, 6, 6]
    (rise,) = look([people], everyone)
    assert 55 <= rise.day <= 58
    assert rise.hours >= 24


def test_a_surge_within_hours_is_seen_before_its_day_is_unusual() -> None:
    random = np.random.default_rng(1)
    everyone, people = random.poisson(900, 60), random.poisson(9, 60)
    people[-1] = 14
    surge = Hours(np.array([[12, 12, 12]]), np.array([25, 60, 150]), np.ones((1, 3)))
    assert look([people], everyone) == []
    (rise,) = look([people], everyone, surge)
    assert (rise.hours, rise.people, rise.day) == (1, 12, 59)


def test_the_more_themes_the_more_is_asked() -> None:
    people, everyone = usual(seed=3)
    people[-1] = 6
    assert look([people], everyone, tested=5)
    assert look([people], everyone, tested=1_000_000) == []


def test_false_alarms_teach() -> None:
    people, everyone = usual(seed=3)
    people[-1] = 7
    assert look([people], everyone)
    assert look([people], everyone, false_before=[3]) == []


def test_nothing_is_looked_at() -> None:
    assert rises(np.zeros((0, 5), np.int64), np.zeros(5, np.int64), quiet(0), tested=0, false_before=[]) == []


def test_what_is_unusual_for_two_days_together_rises() -> None:
    days = np.array([[0, 1, 0, 0] * 8 + [2, 4]])
    (found,) = rises(days, np.full(days.shape[1], 20), quiet(1), tested=3, false_before=[0])
    assert (found.day, found.hours, found.people) == (33, 48, 6)
