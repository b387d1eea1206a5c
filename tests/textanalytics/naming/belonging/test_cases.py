"""A theme of which many say what a larger one is called is a case of that."""

from __future__ import annotations

import numpy as np

from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.belonging.cases import cases
from textanalytics.naming.telling.matters import Matter

TITLES = {0: "Door won't open", 1: "Press the bell twice", 2: "Bed"}
SIZES = 40, 20, 240
LABELS = np.repeat([0, 1, 2], SIZES)
SAID = "the door won't open", "press the bell twice and the door can't open", "a bed here"
TEXTS = [text for text, size in zip(SAID, SIZES, strict=True) for _ in range(size)]


def found(
    said: str = "Can't open the door",
    share: float = 0.5,
    mood: int = 0,
    language: str = "en",
    *,
    mixes: bool = False,
    titles: dict[int, str] = TITLES,
) -> list[tuple[int, int]]:
    """Where so many of the second theme, that feels like this, say that, and half of the first what the second is called."""
    chance = np.random.default_rng(3)
    rows = chance.normal(0, 0.3, (300, 8)).astype(np.float32)
    rows[:60, 0] += 1
    rows[60:, 1] += 1
    rows[40:60, 2] += 0.0 if mixes else 3.0
    told = {
        1: (Matter(said, tuple(range(40, 40 + int(20 * share)))),),
        0: (Matter(TITLES[1], tuple(range(20))),),
    }
    corpus = read_texts(TEXTS, LABELS, [language] * 300)
    return cases(titles, told, LABELS, rows, corpus, default(), np.where(LABELS == 1, mood, 0))


def test_who_mostly_says_what_a_larger_theme_is_called_is_a_case_of_it() -> None:
    assert found() == [(1, 0)], "and not the other way round"


def test_fewer_are_enough_where_the_two_mix() -> None:
    assert found(share=0.3) == []
    assert found(share=0.3, mixes=True) == [(1, 0)]
    assert found(share=0.2, mixes=True) == []


def test_the_part_says_all_of_the_title_and_nothing_else() -> None:
    assert found("Can't open") == []
    assert found("The bell can't open the door") == []


def test_titles_that_share_a_word_say_what_is_different() -> None:
    assert found(titles={**TITLES, 1: "Press twice for the door"}) == []


def test_what_is_denied_and_what_is_not_are_two() -> None:
    assert found("Open the door") == []


def test_who_praises_is_no_case_of_a_complaint() -> None:
    assert found(mood=1) == []


def test_german_themes_are_left_alone() -> None:
    assert found(language="de") == []
