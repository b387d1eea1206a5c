"""Two words for a thing of which people say the same are one matter."""

from __future__ import annotations

import numpy as np

from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.belonging.akin import akin

SAID = [
    "the {} is slow",
    "my {} broke",
    "bought this {} for work",
    "the {} gets hot",
    "returned the {}",
    "{} with a bad fan",
]
OTHERS = [
    "the {} is sold out",
    "peel the {} first",
    "a recipe with {}",
    "the {} tastes sour",
    "plant a {}",
    "{} in my salad",
]


def found(
    second: str, said: list[str] = SAID, *, blames: bool = False, language: str = "en"
) -> list[tuple[int, int]]:
    """Of twelve who speak of a laptop, and as many of a second thing, beside others; `blames`: whether only the first do."""
    texts = [line.format("laptop") for line in SAID] * 3 + [line.format(second) for line in said] * 2
    texts += [line.format("lemon") for line in OTHERS] * 3 + ["where is the station"] * 60
    labels = np.repeat([0, 1, 2, 3], [18, 12, 18, 60])
    moods = np.where(blames & (labels == 0), -1, 0)
    corpus = read_texts(texts, labels, [language] * len(texts))
    return akin([0, 1, 2, 3], labels, default().encode(texts), corpus, default(), moods)


def test_two_words_of_which_the_same_is_said_name_one_thing() -> None:
    assert found("computer") == [(1, 0)]


def test_an_appointment_is_a_meeting() -> None:
    said = [
        "can I get a {}",
        "my {} is at ten",
        "move the {} to May",
        "where is the {}",
        "forgot the {}",
        "cancel my {}",
    ]
    texts = [line.format("appointment") for line in said] * 3 + [line.format("meeting") for line in said] * 2
    texts += [line.format("lemon") for line in OTHERS] * 3 + ["where is the station"] * 60
    labels = np.repeat([0, 1, 2, 3], [18, 12, 18, 60])
    corpus = read_texts(texts, labels, ["en"] * len(texts))
    vectors, moods = default().encode(texts), np.zeros(len(texts), np.int64)
    assert akin([0, 1, 2, 3], labels, vectors, corpus, default(), moods) == [(1, 0)]


def test_what_is_said_must_be_the_same() -> None:
    assert found("computer", OTHERS) == []
    assert found("computer", [f"{line} every day" for line in SAID]) == [], "they do not lie near"
    asked = ["is the {} any good", "slow {}", "{} for work?", "which {} to buy", "{} or not", "new {}"]
    assert found("computer", asked) == [], "they do not mix"


def test_things_that_are_not_akin_stay_two() -> None:
    assert found("chair") == []


def test_who_blames_and_who_does_not_stay_two() -> None:
    assert found("computer", blames=True) == []


def test_german_themes_are_left_alone() -> None:
    assert found("computer", language="de") == []
