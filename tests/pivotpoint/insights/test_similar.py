"""Two themes that say the same in other words are told of each other, by the rule by which `listen` joins them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pivotpoint.insights.models import Theme, ThemeVector
from pivotpoint.insights.similar import neighbours, similar
from tests.switchyard import make_insight

pytestmark = pytest.mark.django_db

HERE, NEAR, FAR, ELSEWHERE = (1, 0.3, 0.2, 0), (1, 0.2, 0.3, 0), (1, -0.2, 0.2, 0), (1, -0.3, -0.7, 0)


def theme(pk: int, title: str, vector: tuple[float, ...], **fields: Any) -> Theme:
    made = make_insight(pk, 3, title=title).theme
    row = np.array(vector, np.float32)
    ThemeVector.objects.create(theme=made, vector=(row / np.linalg.norm(row)).tobytes())
    Theme.objects.filter(pk=pk).update(**fields)
    return Theme.objects.get(pk=pk)


@pytest.fixture
def film() -> Theme:
    theme(9, "Parking costs too much", ELSEWHERE)
    return theme(1, "Film won't play", HERE)


def twins(one: Theme) -> list[Theme]:
    return neighbours(one, 8).twins


def test_the_same_in_other_words_is_told(film: Theme) -> None:
    other = theme(2, "Film would not play", NEAR)
    assert twins(film) == [other]
    assert twins(other) == [film]


def test_another_matter_of_the_same_thing_is_not(film: Theme) -> None:
    other = theme(2, "Film has no subtitles", NEAR)
    assert twins(film) == []
    assert other in [one for one, _ in similar(film)]


def test_a_title_that_was_only_told_apart_is_the_same(film: Theme) -> None:
    assert twins(theme(2, "Film won't play (cinema)", NEAR)) == [film]


def test_the_same_words_far_apart_are_two(film: Theme) -> None:
    theme(2, "Film would not play", FAR)
    assert twins(film) == []


def test_praise_and_blame_are_two(film: Theme) -> None:
    theme(2, "Film would not play", NEAR, negative=3)
    assert twins(film) == []


def test_who_named_one_knows_that_they_are_two(film: Theme, maren: Any) -> None:
    theme(2, "Film would not play", NEAR, titled_by=maren)
    assert twins(film) == []


def test_what_no_word_holds_together_is_nothing_s_twin(film: Theme) -> None:
    theme(2, "Film would not play", NEAR, mixed=True)
    assert twins(film) == []


def test_a_theme_without_a_place_has_no_neighbours(film: Theme) -> None:
    assert similar(make_insight(5, 1, title="Film would not play").theme) == []
