"""A rung counts people; an onset is found with what was known on the day, and not where nothing happened."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.trends import expect, onset, onsets, rung, unusual


def test_rungs_are_people_and_their_limits_can_be_moved() -> None:
    assert [rung(n) for n in (0, 1, 2, 3, 9)] == ["voice", "voice", "pattern", "trend", "trend"]
    assert [rung(n, pattern=3, trend=5) for n in (2, 3, 4, 5)] == ["voice", "pattern", "pattern", "trend"]


def burst(days: int = 60, start: int = 40, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    everyone = random.poisson(40, days)
    people = random.poisson(0.5, days)
    people[start:] += 1 + random.poisson(6, days - start)
    return people, everyone


@pytest.mark.parametrize("seed", range(10))
def test_a_burst_is_found_within_two_days(seed: int) -> None:
    people, everyone = burst(seed=seed)
    found = onset(people, everyone)
    assert found is not None
    assert 40 <= found.index <= 42
    assert found.after > 4 * found.before
    assert found.p < 1e-3


def test_a_rise_that_shows_within_a_week_only_began_when_its_first_people_came() -> None:
    """Seven people of thirty in a week, never three of them on a day before the last; two came long before."""
    people, everyone = np.zeros(60, np.int64), np.full(60, 4)
    people[[10, 20]] = 1
    people[[40, 42, 44, 45, 46]] = [1, 1, 2, 1, 2]
    found = onset(people, everyone)
    assert found is not None
    assert found.index == 40
    alarm, _ = unusual(people[None, :], everyone)
    assert alarm[0, 40:45].max() == 0, "nobody could know on that day"


def test_an_ordinary_series_has_hardly_any_onset() -> None:
    random = np.random.default_rng(1)
    everyone = random.poisson(100, 90)
    people = random.poisson(2, (200, 90))
    assert sum(found is not None for found in onsets(people, everyone)) <= 12


def test_a_record_that_begins_is_no_onset_and_a_share_that_grows_is() -> None:
    everyone = np.array([4] * 9 + [90] * 9)
    people = np.where(everyone > 50, 6, 0)
    assert people.sum() and onset(people, everyone) is None
    found = onset(people, np.full(18, 90))
    assert found is not None
    assert found.index == 9


def test_more_of_everything_is_no_onset() -> None:
    everyone = np.array([20] * 20 + [400] * 3)
    people = everyone // 10
    assert onset(people, everyone) is None


def test_hardly_more_than_everything_else_is_no_onset() -> None:
    """Three times as much of everything, and of the theme a little more than that: no chance, and no rise worth a word."""
    everyone = np.array([400] * 20 + [1200] * 7)
    people = np.array([60] * 20 + [240] * 7)
    alarm, _ = unusual(people[None, :], everyone)
    assert alarm.any(), "it is beyond chance"
    assert onset(people, everyone) is None
    people[20:] = 300
    found = onset(people, everyone)
    assert found is not None
    assert (found.before, found.usual, found.after) == (60.0, 180.0, 300.0)


def test_where_a_record_begins_nothing_has_risen() -> None:
    """One row a day from years of old messages, then the day on which the file was collected."""
    everyone = np.array([1] * 60 + [150] * 5)
    people = np.where(everyone > 50, 30, 0)
    assert onset(people, everyone) is None
    steady = np.full(65, 150)
    found = onset(people, steady)
    assert found is not None
    assert found.index == 60


def test_what_brings_all_the_others_itself_has_risen() -> None:
    """An outage of which nine in ten speak: the rest of the file goes on as it was."""
    everyone = np.array([10] * 60 + [210] * 3)
    people = np.array([1] * 60 + [200] * 3)
    found = onset(people, everyone)
    assert found is not None
    assert found.index == 60


def test_a_burst_of_one_day_is_not_lost_in_the_quiet_days_after_it() -> None:
    """On a day of a storm three times as many; in the mean of a week nothing of it is left."""
    everyone = np.full(30, 400)
    people = np.full(30, 16)
    people[20], people[21:27] = 55, 11
    found = onset(people, everyone)
    assert found is not None
    assert (found.index, found.days, found.after) == (20, 1, 55.0)
    people[20:27] = 55
    found = onset(people, everyone)
    assert found is not None
    assert (found.index, found.days) == (20, 7)


def test_the_past_alone_decides() -> None:
    people, everyone = burst()
    whole = onset(people, everyone)
    assert whole is not None
    cut = onset(people[: whole.index + 1], everyone[: whole.index + 1])
    assert cut is not None
    assert cut.index == whole.index


def test_without_a_past_nothing_is_unusual() -> None:
    assert onset(np.array([9, 0, 0]), np.array([10, 1, 1])) is None
    assert onset(np.array([], np.int64), np.array([], np.int64)) is None


def test_many_themes_at_once_are_judged_one_by_one() -> None:
    first, everyone = burst(seed=3)
    quiet = np.zeros_like(first)
    assert onsets(np.stack([first, quiet]), everyone) == [onset(first, everyone), None]


def week_of_mondays(weeks: int = 12, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """A theme of which people speak on Mondays; everybody is heard alike on all days."""
    random = np.random.default_rng(seed)
    everyone = random.poisson(200, weeks * 7)
    usual = np.where(np.arange(weeks * 7) % 7 == 0, 12.0, 1.5)
    return random.poisson(usual), everyone


@pytest.mark.parametrize("seed", range(5))
def test_what_is_always_said_on_mondays_is_expected_on_mondays(seed: int) -> None:
    people, everyone = week_of_mondays(seed=seed)
    model = expect(people[None, :].astype(float), everyone.astype(float))
    expected = (model.rate * everyone * model.weekday)[0]
    assert expected[56::7].mean() == pytest.approx(12, rel=0.35)
    assert expected[59::7].mean() == pytest.approx(1.5, abs=1)
    alarm, chance = unusual(people[None, :], everyone)
    assert alarm[0, 42:].sum() <= 1, "of six Mondays"
    assert np.median(chance[0, 56::7]) > 0.02


@pytest.mark.parametrize("seed", range(5))
def test_the_same_number_on_a_thursday_is_news(seed: int) -> None:
    people, everyone = week_of_mondays(seed=seed)
    people[80] = 14  # A Thursday.
    alarm, chance = unusual(people[None, :], everyone)
    assert alarm[0, 80]
    assert chance[0, 80] < 1e-3


def test_three_ways_to_look_find_no_more_chance_than_one() -> None:
    random = np.random.default_rng(4)
    people, everyone = random.poisson(4, (300, 60)), random.poisson(400, 60)
    _, chance = unusual(people, everyone)
    for level in (0.01, 0.05):
        assert (chance[:, 20:] <= level).mean() <= 1.5 * level


@pytest.mark.parametrize("seed", range(5))
def test_three_people_a_day_are_news_by_the_third_day(seed: int) -> None:
    random = np.random.default_rng(seed)
    everyone, people = random.poisson(40, 60), np.zeros(60, np.int64)
    people[[5, 20, 33]], people[50:] = 1, 3
    alarm, _ = unusual(people[None, :], everyone)
    assert alarm[0, 50:53].any()
    assert not alarm[0, :50].any()


def test_a_larger_share_of_fewer_people_is_no_rise() -> None:
    everyone = np.array([100] * 30 + [6] * 10)
    people = np.array([6] * 30 + [5] * 10)
    alarm, _ = unusual(people[None, :], everyone)
    assert alarm.any()
    assert onset(people, everyone) is None


def test_whole_numbers_are_expected_as_the_same_fractions() -> None:
    people, everyone = np.array([[1, 0, 2, 3, 1, 0, 4, 2]]), np.full(8, 40)
    whole, real = expect(people, everyone), expect(people.astype(float), everyone.astype(float))
    assert whole.rate.dtype == np.float64
    for one, other in zip(vars(whole).values(), vars(real).values(), strict=True):
        np.testing.assert_allclose(one, other)
    assert 0 < whole.rate[0, 0] < 1
