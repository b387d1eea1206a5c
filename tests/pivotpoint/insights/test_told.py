"""What is told of a theme is said by three people, and a theme of several matters has two such."""

from __future__ import annotations

import numpy as np
import pytest

from pivotpoint.insights.ladder.crowd import Crowd
from pivotpoint.insights.ladder.heard import Heard
from pivotpoint.insights.ladder.ladder import Theme
from pivotpoint.insights.ladder.shown import without_repeats
from textanalytics.naming.choosing.titles import Title
from textanalytics.naming.telling.matters import Matter
from textanalytics.reading.reading import Reader

PEOPLE = [0, 1, 2, 3, 3, 3, 4, 4, 5, 6]
"""Who sent each of ten messages of a theme."""


def the_crowd() -> Crowd:
    texts = [f"the kettle has a lid {n}" for n in range(len(PEOPLE))]
    heard = Heard()
    heard.texts, heard.authors, heard.times = texts, [""] * len(texts), [None] * len(texts)
    return Crowd(heard, Reader().read(texts), np.array(PEOPLE), np.zeros(len(texts), np.int64), cleaned=texts)


def theme(*told: tuple[int, ...]) -> Theme:
    matters = [Matter(f"Lid {place}", messages) for place, messages in enumerate(told)]
    return the_crowd().theme(0, Title("Kettle", (), several=True), [0], matters)


def test_what_two_people_say_is_not_told_however_often() -> None:
    found = theme((0, 1, 2), (3, 4, 5, 6), (2, 8, 9))
    assert [(one.title, one.people) for one in found.said] == [("Lid 0", 3), ("Lid 2", 3)]
    assert found.several


def test_of_several_matters_two_can_be_told() -> None:
    assert not theme((0, 1, 2), (3, 4, 5, 6)).several
    assert not theme().several


def test_whoever_says_two_things_is_counted_once_among_those_of_whom_nothing_is_told() -> None:
    assert theme((0, 1, 2), (2, 8, 9)).untold == 7 - 5
    assert theme((0, 1, 2), (0, 1, 2, 3)).untold == 7 - 4


def test_who_says_just_the_title_is_counted_and_not_told_again() -> None:
    crowd, told = the_crowd(), [Matter("Lid", (0, 1, 2)), Matter("Kettle", (2, 3, 6), titled=True)]
    found = crowd.theme(0, Title("Kettle", ()), [0], told)
    assert [one.title for one in found.said] == ["Lid"]
    assert (found.titled, found.untold) == (2, 7 - 3 - 2)


@pytest.mark.parametrize(
    ("title", "told", "kept"),
    [
        ("Amazing customer service", ["Great customer service", "Best baggage desk"], ["Best baggage desk"]),
        (
            "Haven't received my card",
            ["Haven't received my new card", "Ordered my card"],
            ["Ordered my card"],
        ),
        ("Kettle", ["Great kettle", "Kettle leaks"], ["Great kettle", "Kettle leaks"]),
        ("Card was stolen", ["Card was lost"], ["Card was lost"]),
        ("Refund trouble", ["Refund my money", "Money back"], ["Refund my money"]),
        ("Play a song / Skip a song", ["Play a song", "Skip a song"], ["Play a song", "Skip a song"]),
    ],
)
def test_what_only_repeats_the_title_or_another_is_not_told(
    title: str, told: list[str], kept: list[str]
) -> None:
    matters = tuple(Matter(said, (0, 1, 2)) for said in told)
    found = without_repeats({0: Title(title, ())}, {0: matters}, language="en")
    assert [one.said for one in found[0]] == kept


def test_who_says_just_the_title_stays_counted_where_a_repeat_goes() -> None:
    matters = (Matter("Kettle is great", (0,), titled=True), Matter("Kettle is great", (1, 2, 3)))
    assert without_repeats({0: Title("Kettle is great", ())}, {0: matters}, language="en")[0] == matters[:1]
