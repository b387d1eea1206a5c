"""Who says nothing of a title leaves it, where a theme is held together by little."""

from __future__ import annotations

import numpy as np
import pytest

from tests.textanalytics.naming.loose import ODD, SAID, texts_of
from textanalytics.base import IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming import strays
from textanalytics.naming.strays import without_strays

TITLES = dict(enumerate(SAID))
OTHERS = (
    "bees live in the chimney of the town hall",
    "nobody plays chess like the cow next door",
    "how far is Saturn from a comet",
    "the tulips in Holland are early",
)


def left(
    *more: tuple[str, str], themes: int = len(SAID), language: str = "en", titles: dict[int, str] = TITLES
) -> list[int]:
    """The labels of these (theme, text), which a grouping put into a theme besides its own messages."""
    names = list(SAID)[-themes:]
    texts = texts_of(*names) + [text for _, text in more]
    labels = [list(SAID).index(name) for name in names for _ in SAID[name]]
    labels += [list(SAID).index(name) for name, _ in more]
    numbers = np.array(labels)
    vectors = default().encode(texts)
    found = without_strays(
        numbers,
        {label: title for label, title in titles.items() if label in labels},
        read_texts(texts, numbers, [language] * len(texts)),
        vectors,
        moods=moods_of(numbers, more),
        encoder=default(),
    )
    own = len(texts) - len(more)
    assert found[:own].tolist() == labels[:own], "nobody else has moved"
    return found[own:].tolist()


def moods_of(labels: IntArray, more: tuple[tuple[str, str], ...]) -> IntArray:
    """All of the crew's are pleased; of the others, who says "awful" blames."""
    moods = np.where(labels == list(SAID).index("Crew"), 1, 0)
    if more:
        moods[-len(more) :] = [-("awful" in text) for _, text in more]
    return moods


def test_who_says_nothing_of_the_title_stands_alone() -> None:
    assert left(("Refund", ODD)) == [len(SAID)]


def test_who_says_the_title_stays() -> None:
    assert left(("Refund", "a refund, my grandmother swears, tastes like porridge with honey")) == [0]


def test_who_says_it_in_another_word_stays() -> None:
    assert left(("Parcel", "packages of porridge with honey, my grandmother swears")) == [3]


@pytest.mark.parametrize("text", ["nowifi porridge with honey", "in-flight wifi porridge with honey"])
def test_who_writes_it_in_one_word_with_another_stays(text: str) -> None:
    assert left(("Wi-Fi", text)) == [1]


def test_who_says_what_is_said_with_the_title_stays() -> None:
    waiting = "we waved for half an hour, porridge with honey"
    assert left(("Refund", waiting)) == [len(SAID)]
    assert left(("Waiter", waiting)) == [5]


def test_who_says_the_title_of_another_theme_goes_there() -> None:
    assert left(("Refund", "the driver left my parcel behind the bins and never rang")) == [3]


def test_who_blames_leaves_those_who_praise() -> None:
    blame = "awful how the crew left our coats in the rain, nobody rang, no refund"
    assert left(("Crew", blame)) == [len(SAID)]
    assert left(("Crew", blame.removeprefix("awful "))) == [7]


def test_two_who_leave_stand_alone_each() -> None:
    assert left(("Refund", ODD), ("Battery", OTHERS[0])) == [8, 9]


def test_many_who_leave_one_theme_stay_together() -> None:
    assert left(*(("Refund", text) for text in (ODD, *OTHERS))) == [8] * 5


ALIKE = tuple(
    ("Refund", f"{ODD} {when}")
    for when in ("at noon", "on Sundays", "in winter", "since the war", "in bed", "all day")
)


@pytest.mark.parametrize("reason", ["MARKED", "COMPANY", "NEAR"])
def test_who_says_what_others_say_is_in_company_or_near_stays(
    reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in {"MARKED", "COMPANY", "NEAR", "SAID_WITH"} - {reason}:
        monkeypatch.setattr(strays, other, 100)
    assert left(*ALIKE) == [0] * 6
    monkeypatch.setattr(strays, reason, 100)
    assert left(*ALIKE) == [8] * 6


def test_of_a_theme_whose_messages_are_alike_nobody_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strays, "LOOSE", 0)
    monkeypatch.setattr(strays, "TIGHT", 0)
    assert left(("Refund", ODD)) == [0]


@pytest.mark.parametrize(("among", "label"), [(0.0, 0), (1.1, len(SAID))])
def test_where_they_are_somewhat_alike_their_neighbours_are_asked(
    among: float, label: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strays, "LOOSE", 0)
    monkeypatch.setattr(strays, "AMONG", among)
    assert left(("Refund", ODD)) == [label]


def test_without_a_title_that_says_something_none_leaves() -> None:
    assert left(("Refund", ODD), titles={**TITLES, 0: "The of"}) == [0]
    assert left(("Refund", ODD), titles={**TITLES, 0: ""}) == [0]


def test_german_is_not_judged() -> None:
    assert left(("Refund", ODD), language="de") == [0]


def test_among_few_themes_nobody_leaves() -> None:
    assert left(("Crew", ODD), themes=7) == [7]
