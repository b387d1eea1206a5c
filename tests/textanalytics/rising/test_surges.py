"""What rises within hours is seen within hours, and looking often finds no more chance."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.rising.surges import WINDOWS, habits, looks, surging, within

QUIET = {"share": np.array([0.01]), "dispersion": np.array([1.5]), "before": 500}
EVEN = np.ones((1, len(WINDOWS)))


def test_twelve_people_within_three_hours_are_no_chance() -> None:
    assert surging(np.array([[2, 12, 12]]), np.array([10, 30, 50]), EVEN, **QUIET).min() < 1e-4
    assert surging(np.array([[2, 4, 4]]), np.array([10, 30, 50]), EVEN, **QUIET).min() > 0.05


def test_two_people_are_never_a_surge() -> None:
    assert surging(np.array([[2, 2, 2]]), np.array([2, 2, 2]), EVEN, **QUIET).min() == 1.0


def test_without_a_past_nothing_surges() -> None:
    nobody = QUIET | {"before": 5}
    assert surging(np.array([[9, 9, 9]]), np.array([9, 9, 9]), EVEN, **nobody).min() == 1.0


def test_what_is_said_every_evening_is_no_news_in_the_evening() -> None:
    evening = np.array([[0] * 18 + [60] * 6])
    all_day = np.full(24, 500)
    people, everyone = np.array([[1, 4, 5]]), np.array([10, 30, 60])
    at = {hour: surging(people, everyone, habits(evening, all_day, hour), **QUIET).min() for hour in (9, 21)}
    assert at[21] > 10 * at[9]


@pytest.mark.parametrize("seed", range(3))
def test_a_look_every_hour_of_a_day_finds_chance_as_rarely_as_it_says(seed: int) -> None:
    """2,000 quiet themes, 24 looks: the share with a chance of 1 % or less at any look."""
    random = np.random.default_rng(seed)
    hourly, everyone = random.poisson(1.0, (2_000, 24)), np.full(24, 100)
    least = np.ones(2_000)
    for hour in range(6, 24):
        people = np.stack([hourly[:, hour - hours : hour].sum(axis=1) for hours in WINDOWS], axis=1)
        heard = np.array([everyone[hour - hours : hour].sum() for hours in WINDOWS])
        chance = surging(
            people,
            heard,
            np.ones((2_000, len(WINDOWS))),
            share=np.full(2_000, 0.01),
            dispersion=np.full(2_000, 1.2),
            before=9_000,
        )
        least = np.minimum(least, chance.min(axis=1))
    assert (least <= 0.01).mean() <= 0.01


def test_each_window_counts_a_person_once() -> None:
    ago = np.array([0.1, 0.2, 2.0, 2.5, 5.9, 6.1])
    theme, person = np.array([0, 0, 0, -1, 0, 0]), np.array([1, 1, 2, 3, 1, 9])
    people, everyone = within(ago, theme, person, themes=2)
    assert people.tolist() == [[1, 2, 2], [0, 0, 0]]
    assert everyone.tolist() == [1, 3, 3]


def test_every_window_has_its_share_of_the_looks() -> None:
    assert looks().tolist() == [72, 24, 12]
