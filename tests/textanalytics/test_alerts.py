from __future__ import annotations

from textanalytics.alerts import repeated_share, why_quiet

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


def test_one_sentence_that_everybody_repeats_wakes_nobody() -> None:
    quoted = [f"{face} our fleet is on fire today {face}" for face in ("lol", "what", "no", "stop", "haha")]
    assert why_quiet(quoted, [True] * 5) == "repeats"
    assert repeated_share(quoted) == 1.0


def test_a_few_alike_are_no_campaign() -> None:
    assert why_quiet(["the app is not working"] * 3, [True] * 3) == ""
