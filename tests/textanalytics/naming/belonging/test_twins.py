"""Where all speak of one thing, two titles that say the same of it are one."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.belonging import twins as twins_of
from textanalytics.naming.belonging.twins import mixed, twins

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


def test_the_same_but_for_who_is_spoken_to_is_one() -> None:
    texts = ["the kettle leaks", "acme kettle leaks", "the lamp is dark"] * 4
    corpus = read_texts(texts, np.zeros(12, np.int64), addressed=frozenset(["acme"]))
    titles = {0: "Kettle leaks", 1: "Acme kettle leaks", 2: "Lamp is dark"}
    assert twins(titles, [0, 1, 2], np.eye(3, dtype=np.float32), corpus, default()) == [(1, 0)]


LABELS = np.repeat([0, 1, 2], [20, 10, 30])
SAID = {0: "Card", 1: "Lost card", 2: "Bed"}
TEXTS = ["a card here"] * 20 + ["lost a card"] * 10 + ["a bed here"] * 30


def one_matter(
    titles: dict[int, str] | None = None,
    apart: float = 0.0,
    moods: IntArray | None = None,
    texts: list[str] = TEXTS,
) -> list[tuple[int, int, bool]]:
    """Of two themes whose messages lie among each other, `apart` from which they do not, and a third."""
    chance = np.random.default_rng(3)
    rows = chance.normal(0, 0.3, (60, 8)).astype(np.float32)
    rows[:30, 0] += 1
    rows[30:, 1] += 1
    rows[20:30, 2] += apart
    corpus = read_texts(texts, LABELS)
    moods = np.zeros(60, np.int64) if moods is None else moods
    return mixed(titles or SAID, LABELS, rows, corpus, default(), moods)


def test_themes_that_mix_are_one_if_a_title_holds_the_other() -> None:
    assert one_matter() == [(1, 0, True)]
    assert one_matter({0: "Lost card", 1: "Card", 2: "Bed"}) == [(1, 0, False)], "the larger one says more"
    assert one_matter({0: "Card", 1: "Here", 2: "Bed"}) == []


def test_themes_that_lie_apart_stay_two_whatever_their_titles() -> None:
    assert one_matter(apart=2.0) == []


def test_who_praises_and_who_complains_stay_two_and_so_do_two_who_praise() -> None:
    assert one_matter(moods=np.repeat([0, -1, 0], [20, 10, 30])) == []
    assert one_matter(moods=np.repeat([1, 1, 0], [20, 10, 30])) == []
    assert one_matter(moods=np.repeat([-1, -1, 0], [20, 10, 30])) == [(1, 0, True)]


def test_a_title_that_denies_is_no_other() -> None:
    assert one_matter({0: "Card is lost", 1: "Card is not lost", 2: "Bed"}) == []


def test_a_title_of_what_all_speak_of_is_no_other() -> None:
    texts = ["a card here"] * 20 + ["a small card"] * 10 + ["a card in bed"] * 30
    assert one_matter({0: "Card", 1: "Small card", 2: "Bed"}, texts=texts) == []


def test_it_does_not_matter_how_many_titles_are_compared_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twins_of, "AT_ONCE", 1)
    assert found("the film") == [(1, 0)]
