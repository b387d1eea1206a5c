"""One failing of what all speak of is one theme, however many themes a partition makes of it."""

from __future__ import annotations

import numpy as np

from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.belonging.failing import one_failing

FAILS = [
    "the radio won't play a single station",
    "my radio doesn't play after the storm",
    "this radio will not play at all",
    "why won't the radio play",
]
RETRY = [
    "a red light says start over but the radio won't play",
    "start over, it says, and the radio does not play",
    "red light, start over, nothing from my radio",
    "start over again and the radio won't play",
]
SPEAKER = [
    "the speaker of the radio does not play",
    "my speaker won't play any more",
    "a speaker that doesn't play",
    "the left speaker will not play",
]
CLOCK = [
    "cannot set the clock of my radio",
    "the clock in this radio can't be set",
    "why can't I set the clock",
    "can't set the radio, clock is wrong",
]
LIKED = [
    "a lovely radio in my kitchen",
    "the radio stands beside my bed",
    "bought this radio in June",
    "my sister wants the same radio",
]
TITLES = {
    0: "Radio won't play",
    1: "Start over",
    2: "Speaker does not play",
    3: "Can't set",
    4: "Lovely radio",
}


def found(
    titles: dict[int, str] = TITLES, retry: list[str] = RETRY, *, of: str = "radio", language: str = "en"
) -> list[tuple[int, int]]:
    """Of sixteen who say that the radio won't play, and eight each who speak of something else; `of`: what the last ones speak of."""
    groups = [
        FAILS * 4,
        retry * 2,
        SPEAKER * 2,
        CLOCK * 2,
        [line.replace("radio", of) for line in LIKED] * 10,
    ]
    texts = [line for some in groups for line in some]
    labels = [label for label, some in enumerate(groups) for _ in some]
    corpus = read_texts(texts, np.array(labels), [language] * len(texts))
    return one_failing(titles, np.array(labels), corpus, default())


def test_who_says_the_failing_under_another_title_is_of_the_same_theme() -> None:
    assert found() == [(1, 0)]


def test_a_thing_of_its_own_and_another_failing_stay() -> None:
    named = {label for label, _ in found({**TITLES, 3: "Won't play"})}
    assert 2 not in named, "a speaker is no radio"
    assert 3 not in named, "few of them say that it plays nothing"


def test_one_who_tells_of_two_failings_makes_them_no_one() -> None:
    both = [*RETRY[:3], "start over: the radio does not play, and I can't set it"]
    assert found(retry=both) == [(1, 0)]


def test_most_of_a_theme_have_to_say_it() -> None:
    quiet = ["start over with my radio", "start over, red light", RETRY[0], "the radio says start over"]
    assert found(retry=quiet) == []


def test_without_a_title_that_says_what_fails_nothing_is_joined() -> None:
    assert found({**TITLES, 0: "Radio"}) == []


def test_where_all_speak_of_different_things_nothing_is_joined() -> None:
    assert found(of="kettle") == []


def test_german_themes_are_left_alone() -> None:
    assert found(language="de") == []
