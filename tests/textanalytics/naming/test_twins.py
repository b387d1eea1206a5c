"""Where all speak of one thing, two titles that say the same of it are one."""

from __future__ import annotations

import numpy as np

from textanalytics.base import FloatArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.twins import twins

TITLES = {0: "Film won't play", 1: "Film would not play", 2: "Film has no subtitles"}
NEAR = np.array([[1, 0], [0.8, 0.6], [0.8, 0.6]], np.float32)
FAR = np.array([[1, 0], [0, 1], [0, 1]], np.float32)


def found(thing: str, means: FloatArray = NEAR) -> list[tuple[int, int]]:
    texts = [f"{thing} {number}" for number in range(60)]
    corpus = read_texts(texts, np.zeros(60, np.int64))
    return twins(TITLES, [0, 1, 2], means, corpus, default())


def test_the_smaller_one_is_told_the_larger() -> None:
    assert found("the film") == [(1, 0)]


def test_themes_that_lie_apart_stay_apart() -> None:
    assert found("the film", FAR) == []


def test_where_people_speak_of_many_things_nothing_is_joined() -> None:
    assert found("the lamp") == []


def test_the_same_but_for_what_all_speak_of_is_one() -> None:
    texts = [f"the {('film', 'app')[number % 2]} {number}" for number in range(110)]
    corpus = read_texts([*texts, *["sound does not work", "film works"] * 8], np.zeros(126, np.int64))
    titles = {0: "Film doesn't work", 1: "App doesn't work", 2: "Sound doesn't work", 3: "App works"}
    assert twins(titles, [0, 1, 2, 3], np.eye(4, dtype=np.float32), corpus, default()) == [(1, 0)]
