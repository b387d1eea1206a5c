"""Two themes that a reader would call by one name are one, unless one praises what the other blames."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pivotpoint.insights.ladder import name as naming
from pivotpoint.insights.ladder.glean import glean, said_still
from pivotpoint.insights.ladder.name import as_one, name, without_matter
from pivotpoint.insights.ladder.shown import called, felt_in, told_once
from tests.textanalytics.naming.loose import ODD, SAID, texts_of
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.choosing.titles import Title
from textanalytics.naming.telling.matters import Matter
from textanalytics.naming.telling.parts import Parts
from textanalytics.reading.reading import Reader

LEAK = [
    "The kettle leaks at the lid",
    "kettle leaks at the lid",
    "my kettle leaks at its lid",
    "kettle leaks, lid wet",
]
LAMP = [
    "The lamp flickers at night",
    "lamp flickers at night",
    "my lamp flickers every night",
    "lamp flickers",
]


WORDLESS = ["No words (2)", "No words", "Lid", "No words here"]


def named(groups: list[list[str]]) -> tuple[list[int], list[str]]:
    texts = [text for group in groups for text in group]
    labels = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    joined, names, _ = name(texts, default().encode(texts), labels, Reader().read(texts))
    return joined.tolist(), [names[label].title for label in sorted(names)]


def test_one_name_one_theme() -> None:
    joined, names = named([LEAK, LAMP, LEAK[:2]])
    assert joined[-2:] == [0, 0]
    assert len(names) == 2


@pytest.mark.parametrize("alike", ["small_twins", "akin", "one_failing"])
def test_themes_that_say_the_same_in_other_words_are_one(monkeypatch: pytest.MonkeyPatch, alike: str) -> None:
    assert named([LEAK, LAMP])[0] == [0] * 4 + [1] * 4
    monkeypatch.setattr(naming, alike, lambda *_: [(1, 0)])
    assert named([LEAK, LAMP])[0] == [0] * 8


def test_praise_with_nothing_but_a_word_in_common_is_one_and_said_to_be_so() -> None:
    labels = np.repeat([0, 1, 2], [8, 6, 6])
    titles = {label: Title(f"{label}", (), mixed=label > 0) for label in range(3)}
    moods = np.array([-1] * 8 + [1] * 12)
    joined, left = without_matter(labels, titles, moods)
    assert {label: title.title for label, title in left.items()} == {0: "0", 1: "Praise without a matter"}
    assert joined.tolist() == [0] * 8 + [1] * 12


def test_mixed_themes_of_both_moods_keep_their_titles() -> None:
    titles = {0: Title("Luck", (), mixed=True), 1: Title("Lid", (), mixed=True)}
    labels = np.repeat([0, 1], 4)
    joined, left = without_matter(labels, titles, np.array([1, -1, 0, 0] * 2))
    assert left == titles
    assert joined.tolist() == labels.tolist()


def test_mixed_themes_that_no_word_marks_are_one() -> None:
    titles = {label: Title(said, (), mixed=label < 3) for label, said in enumerate(WORDLESS)}
    labels = np.repeat(np.arange(4), 4)
    joined, left = without_matter(labels, titles, np.array([1, -1, 0, 0] * 4))
    assert {label: title.title for label, title in left.items()} == {
        0: "No words",
        2: "Lid",
        3: "No words here",
    }
    assert joined.tolist() == [0] * 8 + [2] * 4 + [3] * 4


def test_a_phrase_needs_no_word_beside_it_where_the_parts_are_told() -> None:
    titles = {
        0: Title("Open an account · age", ()),
        1: Title("Close an account · fee", ()),
        2: Title("Fridge · cook", ()),
        3: Title("Card payment", (), troubled="Card payment trouble", blamed=True),
        4: Title("Card payment trouble · app", ()),
        5: Title("Skip this song", ()),
    }
    age = Matter("What age must I be?", (0,))
    parted = {label: Parts((age,)) for label in (0, 2, 3, 4)} | {5: Parts((), "Add songs / Play music")}
    found = [title.title for title in called(titles, parted).values()]
    assert found == [
        "Open an account",
        "Close an account · fee",
        "Fridge · cook",
        "Card payment trouble",
        titles[4].title,
        "Add songs / Play music",
    ]


def test_a_word_stays_beside_a_deed_of_which_no_part_tells() -> None:
    titles = {0: Title("Inform my bank · travel", ()), 1: Title("Routing number · bank", ())}
    parted = dict.fromkeys(titles, Parts((Matter("Alert my branch", (0,)),)))
    found = called(titles, parted)
    assert [found[label].title for label in titles] == ["Inform my bank · travel", "Routing number"]


def test_two_things_that_are_said_stand_in_the_place_of_a_name_unless_its_parts_are_told() -> None:
    sides = "Change my pin / Forgot my pin"
    titles = {
        0: Title("Pin", (), sided=sides),
        1: Title("Account", (), sided=sides),
        2: Title("Debit", (), sided=sides, troubled="Debit trouble", blamed=True),
    }
    found = called(titles, dict.fromkeys((1, 2), Parts(())))
    assert [found[label].title for label in titles] == [sides, "Account", sides]
    assert [found[label].headline for label in titles] == [sides, "Account", sides]


def test_whether_there_is_trouble_is_asked_of_those_who_are_in_a_theme_at_the_end() -> None:
    titles = {label: Title("Seat", (), troubled="Seat trouble", blamed=label == 1) for label in range(2)}
    labels, moods = np.array([0] * 4 + [1] * 4 + [-1]), np.array([-1, -1, -1, 0, 0, 0, -1, -1, 1])
    sure = np.where(labels >= 0, 0.8, 0.0).astype(np.float32)
    found = called(felt_in(titles, labels, moods, sure), {})
    assert [found[label].title for label in range(2)] == ["Seat trouble", "Seat"]
    sure[:2] = 0.5
    assert called(felt_in(titles, labels, moods, sure), {})[0].title == "Seat"


def test_what_no_word_sets_apart_is_mixed_however_small() -> None:
    texts = [*LEAK, "so it is", "and you", "not me", "all of it", "so what"]
    labels = np.repeat([0, 1, 2], [4, 4, 1])
    _, names, _ = name(texts, default().encode(texts), labels, Reader().read(texts))
    assert [names[label].mixed for label in range(3)] == [False, True, False]


@pytest.mark.parametrize("alike", [[{0: [1]}, {}], [{}, {0: [1]}]])
def test_who_judges_alike_is_asked_for_before_and_after_the_rest_is_gleaned(
    monkeypatch: pytest.MonkeyPatch, alike: list[dict[int, list[int]]]
) -> None:
    found = iter(alike)
    monkeypatch.setattr(naming, "one_verdict", lambda *_: next(found))
    assert named([LEAK, LAMP])[0] == [0] * 8


def test_those_that_judge_alike_have_one_title_and_what_is_told_of_the_largest() -> None:
    labels = np.array([0, 0, 1, 1, 1, 2, -1])
    titles = {label: Title(said, ()) for label, said in enumerate(("Food is good", "Good meal", "Tables"))}
    found, named = as_one(labels, titles, {0: [1]})
    assert found.tolist() == [1, 1, 1, 1, 1, 2, -1]
    assert {label: title.title for label, title in named.items()} == {1: "Food is good", 2: "Tables"}


def test_different_names_stay_apart() -> None:
    joined, names = named([LEAK, LAMP])
    assert joined == [0] * 4 + [1] * 4
    assert len(set(names)) == 2


def test_no_theme_at_all() -> None:
    texts = ["ok"]
    joined, names, _ = name(texts, default().encode(texts), np.array([-1]), Reader().read(texts))
    assert joined.tolist() == [-1]
    assert names == {}


def test_who_says_nothing_of_the_title_has_one_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "settle", lambda labels, *_: labels)
    texts = [*texts_of(*SAID), ODD]
    labels = np.append(np.repeat(np.arange(len(SAID)), 6), 0)
    joined, names, _ = name(texts, default().encode(texts), labels, Reader().read(texts))
    assert joined.tolist() == [*labels[:-1].tolist(), len(SAID)]
    assert names[0].title == "Asked for a refund"
    assert names[len(SAID)].title.startswith("Porridge")


def test_who_praises_nothing_leaves_a_title_that_praises_and_is_mixed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(naming, "settle", lambda labels, *_: labels)
    praise = ["great crew", "such a great crew", "a great crew on the ship", "thanks to a great crew"]
    neither = [
        *("the crew had breakfast at noon", "a crew of nine", "the crew at the gate is here"),
        *("the crew wears blue", "how many are a crew", "which crew is it today", "crew number nine"),
    ]
    texts = [*texts_of(*SAID), *praise, *neither]
    labels = np.append(np.repeat(np.arange(len(SAID)), 6), [7] * 11)
    joined, names, _ = name(texts, default().encode(texts), labels, Reader().read(texts))
    assert joined[-11:].tolist() == [7] * 4 + [8] * 7
    assert [(names[label].title, names[label].mixed) for label in (7, 8)] == [
        ("Great crew", False),
        ("Crew", True),
    ]


MISSED = [
    "We missed the train because nobody told us of the other platform",
    "my mother in law has missed the train and cries",
    "thanks to your website I missed my train on Monday",
    "long queue at the counter, so I missed the train",
]


def test_who_lies_in_no_theme_becomes_one_with_others_who_say_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(naming, "settle", lambda labels, *_: labels)
    texts = [*LEAK, *LAMP, *MISSED]
    labels = np.array([0] * 4 + [1] * 4 + [2, 3, 4, 5])
    joined, names, _ = name(texts, default().encode(texts), labels, Reader().read(texts))
    assert joined.tolist() == [0] * 4 + [1] * 4 + [6] * 4
    assert names[6].title == "Missed the train"
    assert set(names) == {0, 1, 6}
    people = np.array([*range(8), 8, 8, 9, 9])
    assert len(set(name(texts, default().encode(texts), labels, Reader().read(texts), people=people)[0])) > 3


@pytest.mark.parametrize("intent", ["complaint", "other"])
def test_who_only_talks_is_not_gleaned(monkeypatch: pytest.MonkeyPatch, intent: str) -> None:
    texts = [*(f"{said} again, number {place}" for place in range(3) for said in MISSED), *LEAK]
    labels = np.array([0] * 12 + [1] * 4)
    readings = replace(Reader().read(texts), mood=["neutral"] * 16, intent=[intent] * 16)
    corpus = read_texts(texts, labels, readings.language)
    titles = {0: Title("Heap", (), mixed=True), 1: Title("Kettle leaks", ())}
    found, _ = glean(
        texts, corpus, labels, titles, default().encode(texts), readings=readings, people=np.arange(16)
    )
    assert (found[:12] == 0).all() == (intent == "other")
    assert found[12:].tolist() == [1] * 4


def test_what_is_told_is_told_of_those_who_are_still_there_and_who_came_say_the_title() -> None:
    told = {
        0: (Matter("Lid", (0, 1, 2)), Matter("Kettle", (1,), titled=True), Matter("Leak", (2,))),
        1: (Matter("Lamp", (3,)),),
    }
    titles = {0: Title("Kettle", ()), 2: Title("New", ())}
    left = said_still(told, np.array([0, 0, 0, 1, 1]), np.array([0, 0, 2, 2, 0]), titles)
    assert left == {0: (Matter("Lid", (0, 1)), Matter("Kettle", (1, 4), titled=True))}


def test_what_one_side_of_a_title_says_is_not_told_again() -> None:
    titles = {0: Title("Talk faster / Slow down", ()), 1: Title("Talk faster", ())}
    said = tuple(Matter(one, (place,)) for place, one in enumerate(("Talk faster", "Slow down", "Whisper")))
    told = told_once(titles, {0: said, 1: said})
    assert [one.titled for one in told[0]] == [True, True, False]
    assert not any(one.titled for one in told[1])
