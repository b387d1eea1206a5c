from __future__ import annotations

import numpy as np
import pytest

from textanalytics.rising.alerts import FALSE_SHARE, false_share, repeated_share, why_quiet
from textanalytics.trends import unusual

FAULTS = [
    "cannot log in since noon",
    "login broken again",
    "I am locked out",
    "no way to sign in",
    "password refused",
]


def test_a_fault_wakes_somebody() -> None:
    assert why_quiet(FAULTS, [True] * 5) == ""


def test_praise_wakes_nobody() -> None:
    assert why_quiet(FAULTS, [True, False, False, False, False]) == "praise"
    assert why_quiet([], []) == "praise"


def test_blame_within_a_praised_theme_wakes_somebody() -> None:
    texts, blamed = [f"{text} {n}" for n, text in enumerate(FAULTS * 3)], [True] * 5 + [False] * 10
    assert why_quiet(texts, blamed) == "praise"
    assert why_quiet(texts, blamed, (5, 100)) == ""
    assert why_quiet(texts, blamed, (35, 100)) == "praise"
    assert why_quiet(texts, [True] * 2 + [False] * 13, (0, 1_000)) == "praise"


def test_one_sentence_that_everybody_repeats_wakes_nobody() -> None:
    quoted = [f"{face} our fleet is on fire today {face}" for face in ("lol", "what", "no", "stop", "haha")]
    assert why_quiet(quoted, [True] * 5) == "repeats"
    assert repeated_share(quoted) == 1.0


def test_a_few_alike_are_no_campaign() -> None:
    assert why_quiet(["the app is not working"] * 3, [True] * 3) == ""


def test_among_many_themes_more_is_asked_of_each() -> None:
    chance = np.array([1e-3])
    assert false_share(chance, 10)[0] == pytest.approx(0.01)
    assert false_share(chance, 1_000)[0] == 1.0


def test_what_rises_together_supports_one_another() -> None:
    shares = false_share(np.array([0.01, 0.001, 0.002]), 10)
    assert shares.tolist() == pytest.approx([0.1 / 3, 0.01, 0.01])
    assert false_share(np.array([]), 5).tolist() == []


@pytest.mark.parametrize("seed", range(3))
def test_hardly_a_quiet_day_wakes_somebody_among_five_hundred_themes(seed: int) -> None:
    random = np.random.default_rng(seed)
    people, everyone = random.poisson(2, (500, 60)), random.poisson(1_000, 60)
    alarm, chance = unusual(people, everyone)
    woken = 0
    for day in range(20, 60):
        woken += bool((alarm[:, day] & (false_share(chance[:, day], 500) <= FALSE_SHARE)).any())
    assert woken <= 4, "of forty days"
