"""Who says nothing of a title leaves it, where a theme is held together by little."""

from __future__ import annotations

import numpy as np
import pytest

from tests.textanalytics.naming.loose import ODD, SAID, texts_of
from textanalytics.base import IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.belonging import strays
from textanalytics.naming.belonging.strays import without_strays

TITLES = dict(enumerate(SAID))
OTHERS = (
    "bees live in the chimney of the town hall",
    "nobody plays chess like the cow next door",
    "how far is Saturn from a comet",
    "the tulips in Holland are early",
)


def left(
    *more: tuple[str, str],
    themes: int = len(SAID),
    language: str = "en",
    titles: dict[int, str] = TITLES,
    troubled: frozenset[int] = frozenset(),
    blamed: tuple[str, ...] = (),
    pleased: float = 0,
) -> list[int]:
    """The labels of these (theme, text), which a grouping put into a theme besides its own messages. With `blamed` these are what
    is said of the waiter, and all blame."""
    names = list(SAID)[-themes:]
    texts = texts_of(*names)
    if blamed:
        texts[30:36] = blamed
    texts += [text for _, text in more]
    labels = [list(SAID).index(name) for name in names for _ in SAID[name]]
    labels += [list(SAID).index(name) for name, _ in more]
    numbers = np.array(labels)
    vectors = default().encode(texts)
    found = without_strays(
        numbers,
        {label: title for label, title in titles.items() if label in labels},
        read_texts(texts, numbers, [language] * len(texts)),
        vectors,
        moods=np.where((numbers == 5) & bool(blamed), -1, moods_of(numbers, more)),
        felt=np.where(np.arange(len(texts)) < len(texts) - len(more), 0, pleased).astype(np.float32),
        encoder=default(),
        troubled=troubled,
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


PRAISE = {**TITLES, 7: "Great crew"}
NEUTRAL = (
    "the crew had breakfast at noon in Dallas",
    "a crew of nine flew to Dallas",
    "when is the crew at the gate in Dallas",
    "the crew from Dallas wears blue",
    "how many are a crew in Dallas",
)


def test_who_praises_nothing_leaves_a_title_that_praises() -> None:
    assert left(("Crew", NEUTRAL[0])) == [7]
    assert left(("Crew", NEUTRAL[0]), titles=PRAISE) == [8]
    assert left(("Crew", "amazing crew from Dallas"), titles=PRAISE) == [7]


def test_where_much_is_alike_they_leave_if_half_say_what_the_title_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(strays, "LOOSE", 0)
    monkeypatch.setattr(strays, "AMONG", 0)
    assert left(("Crew", NEUTRAL[0]), titles=PRAISE) == [8]
    monkeypatch.setattr(strays, "BORNE_OUT", 1)
    assert left(("Crew", NEUTRAL[0]), titles=PRAISE) == [7]
    monkeypatch.setattr(strays, "BORNE_OUT", 0.5)
    monkeypatch.setattr(strays, "TIGHT", 0)
    assert left(("Crew", NEUTRAL[0]), titles=PRAISE) == [7]


def test_who_blames_and_who_does_neither_leave_apart() -> None:
    blame = [f"awful, {text}" for text in NEUTRAL]
    told = left(*(("Crew", text) for text in (*NEUTRAL, *blame)), titles=PRAISE)
    assert told == [8] * 5 + [9] * 5


WAITER = tuple(text.replace("laughed at", "ignored") for text in texts_of("Waiter"))
BLAMED = tuple(
    f"an awful crew {text}" for text in ("on Monday", "again", "today", "in May", "at six", "at noon")
)


def test_who_blames_goes_where_the_same_thing_is_blamed_however_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strays, "WELCOME", 2)
    awful = "awful, the crew from Dallas sang at noon"
    titles = {**PRAISE, 5: "Awful crew"}
    assert left(("Crew", awful), titles=titles, blamed=BLAMED) == [5]
    assert left(("Crew", awful), titles={**PRAISE, 5: "Awful crews of buses"}, blamed=BLAMED) == [8]


def test_who_blames_by_telling_goes_where_that_is_told() -> None:
    titles = {**TITLES, 5: "Awful waiter"}
    told = "the driver threw the parcel over the fence to the waiter"
    assert left(("Waiter", told), titles=titles, blamed=WAITER) == [3]
    assert left(("Waiter", told), blamed=WAITER) == [5]
    assert left(("Waiter", f"{told}, an awful waiter"), titles=titles, blamed=WAITER) == [5]


def test_only_who_blames_joins_a_thing_that_is_in_trouble() -> None:
    says = "the driver left my parcel behind the bins and never rang"
    assert left(("Refund", says), troubled=frozenset({3})) == [len(SAID)]
    assert left(("Refund", f"awful, {says}"), troubled=frozenset({3})) == [3]


def test_who_only_praises_leaves_what_is_at_fault() -> None:
    faults = TITLES | {1: "No Wi-Fi"}
    praise = ("Wi-Fi", "the wifi on board is great, lovely and fast")
    assert left(praise, titles=faults, pleased=0.9) == [len(SAID)]
    assert left(praise, troubled=frozenset({1}), pleased=0.9) == [len(SAID)]
    assert left(praise, pleased=0.9) == [1]
    assert left(praise, titles=faults, pleased=0.3) == [1]
    doubted = ("Wi-Fi", "the wifi on board is great, but it takes an age")
    denied = ("Wi-Fi", "great, the wifi on board doesn't load a page")
    wished = ("Wi-Fi", "great crew, lovely plane, I hope the wifi on board is lovely too")
    assert left(doubted, denied, wished, titles=faults, pleased=0.9) == [1, 1, 1]
