"""A theme without words in common is taken apart; its messages go where their words are, or find one another."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.settling import settle as settling
from textanalytics.settling.settle import settle

PARCEL = [
    f"the parcel {what}" for what in ("never arrived", "is late", "is missing", "did not arrive", "got lost")
]
LAMP = [f"the lamp {what}" for what in ("flickers", "flickers at night", "flickers again", "flickers a lot")]
MIXED = [
    "our garden club meets on Thursdays",
    "is the museum open in winter",
    "cheese from the north tastes best",
    "a violin needs new strings",
    "the parcel has not arrived here",
    "bees in the chimney",
    "my uncle sails to Norway",
    "knitting patterns wanted",
    "volcano on the news",
    "which bicycle is fastest",
]


def settled(*groups: list[str], blames: list[bool] | None = None) -> list[int]:
    texts = [text for group in groups for text in group]
    labels = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    moods = -np.array(blames or [False] * len(texts), np.int64)
    return settle(labels, default().encode(texts), read_texts(texts, labels), moods).tolist()


def test_sound_themes_stay_as_they_are() -> None:
    assert settled(PARCEL, LAMP) == [0] * 5 + [1] * 4


def test_what_has_no_word_in_common_is_taken_apart_and_nothing_is_lost() -> None:
    found = settled(PARCEL, LAMP, MIXED)
    mixed = found[9:]
    assert all(label >= 0 for label in found)
    assert len(set(mixed)) > 6


def test_a_message_goes_to_the_theme_whose_words_it_holds() -> None:
    found = settled(PARCEL, LAMP, MIXED)
    assert found[9 + MIXED.index("the parcel has not arrived here")] == found[0]


def test_two_themes_of_one_matter_become_one() -> None:
    more = [
        f"parcel {what}"
        for what in ("has not arrived", "still missing", "arrived late", "lost again", "never came")
    ]
    assert len(set(settled(PARCEL, more, LAMP))) == 2


def test_praise_and_blame_of_one_thing_stay_apart() -> None:
    more = [
        f"parcel {what}"
        for what in ("has not arrived", "still missing", "arrived late", "lost again", "never came")
    ]
    blames = [False] * 5 + [True] * 5 + [False] * 4
    assert len(set(settled(PARCEL, more, LAMP, blames=blames))) == 3


def test_messages_without_a_theme_stay_without() -> None:
    texts = ["hello there", *PARCEL]
    labels = np.array([-1, 0, 0, 0, 0, 0])
    found = settle(labels, default().encode(texts), read_texts(texts, labels), np.zeros(6, np.int64))
    assert found.tolist() == labels.tolist()
    nobody = np.full(6, -1)
    assert (
        settle(nobody, default().encode(texts), read_texts(texts, nobody), np.zeros(6, np.int64)).tolist()
        == [-1] * 6
    )


TALK = [
    "my neighbour on the phone sings all day",
    "phone on a red stamp from Peru",
    "the painter drew a phone and a pear",
    "in the poem a phone weeps",
    "who buried a phone beneath the oak",
    "goats ate the phone of the bishop",
    "a phone made of chocolate for the wedding",
    "the choir hid a phone under the organ",
]
"""One word in common, and nothing else."""


def along(*axes: int) -> FloatArray:
    """A unit vector per text, along the axis given: two texts are alike that share theirs."""
    return np.eye(64, dtype=np.float32)[list(axes)]


def placed(texts: list[str], labels: list[int], axes: list[int]) -> list[int]:
    themes = np.array(labels)
    corpus = read_texts(texts, themes)
    return settle(themes, along(*axes), corpus, np.zeros(len(texts), np.int64)).tolist()


def test_one_word_in_common_and_nothing_else_is_no_matter() -> None:
    found = placed(
        [*PARCEL, *LAMP, *TALK],
        [0] * 5 + [1] * 4 + [2] * len(TALK),
        [0] * 5 + [1] * 4 + list(range(2, 2 + len(TALK))),
    )
    assert found[:9] == [0] * 5 + [1] * 4
    assert len(set(found[9:])) == len(TALK)


def test_of_those_that_share_a_word_the_ones_alike_stay_together() -> None:
    axes = [2, 2, 2, 3, 4, 5, 6, 7]
    found = placed([*PARCEL, *LAMP, *TALK], [0] * 5 + [1] * 4 + [2] * len(TALK), [0] * 5 + [1] * 4 + axes)
    assert len(set(found[9:12])) == 1
    assert found[9:].count(found[9]) < len(TALK) and len(set(found[9:])) > 3


def test_an_article_is_not_gathered_by_one_word() -> None:
    long = " ".join(
        f"{place} {word}" for place in "abcdefghij" for word in "oak mill barn well gate kiln".split()
    )
    short = ["the lantern broke", "my lantern broke", "our lantern broke again"]
    articles = [f"a lantern in the story of {long}", f"a lantern behind {long}"]
    found = placed(
        [*PARCEL, *LAMP, *MIXED, *short, *articles],
        [0] * 5 + [1] * 4 + [2] * 15,
        [0] * 5 + [1] * 4 + list(range(2, 12)) + [12] * 5,
    )
    assert len(set(found[19:22])) == 1
    assert set(found[19:22]).isdisjoint(found[22:])


def test_copies_hold_together_even_where_they_are_half_of_all() -> None:
    copies = ["my refund has not arrived"] * 40
    assert settled(copies) == [0] * 40
    assert settled(copies, PARCEL, LAMP)[:40] == [0] * 40


def test_what_only_happened_in_one_town_is_no_theme() -> None:
    town = [
        "the violin shop in Boston is closed",
        "we sail to Boston in March",
        "my uncle sings in Boston",
        "cheese from Boston tastes best",
        "a volcano film in Boston",
        "which bicycle goes to Boston",
        "the parcel has not arrived in Boston",
    ]
    found = settled(PARCEL, LAMP, town)
    assert len(set(found[9:])) == len(town)


LAMPS = [
    f"the {thing} {what}"
    for thing in ("lamp", "clock", "radio", "sofa")
    for what in ("broke", "creaks", "hums") * 5
]


def akin(labels: IntArray) -> FloatArray:
    """A unit vector per text: those of one theme have a cosine of .5."""
    own = np.eye(len(labels) + 8, dtype=np.float32)
    return (own[labels] + own[np.arange(len(labels)) + 8]) / np.float32(np.sqrt(2))


def test_who_is_spoken_to_is_no_matter() -> None:
    """Two each share a word besides the name: too few for a theme."""
    things = "cabin cabin crew crew menu menu violin garden volcano bishop goats choir".split()
    texts = [*LAMPS, *(f"the {thing} of Acmeline" for thing in things)]
    labels = np.repeat([0, 1, 2, 3, 4], [15, 15, 15, 15, 12])
    moods, rows = np.zeros(len(texts), np.int64), akin(labels)
    assert settle(labels, rows, read_texts(texts, labels), moods).tolist() == labels.tolist()
    spoken_to = read_texts(texts, labels, addressed=frozenset(["acmelinehelp"]))
    assert len(set(settle(labels, rows, spoken_to, moods)[60:].tolist())) > 6


def test_what_many_speak_of_holds_nothing_together() -> None:
    """A fifth of the others speak of the ferry too, with something to say of it."""
    things = (
        "violin",
        "garden",
        "volcano",
        "bishop",
        "goat",
        "choir",
        "moon",
        "spoon",
        "candle",
        "whale",
        "stamp",
        "poet",
    )
    told = [
        f"the ferry {thing} {what}"
        for thing in ("cabin", "crew")
        for what in ("broke", "creaks", "hums") * 10
    ]
    texts = [*LAMPS, *LAMPS, *told, *(f"a ferry and the {thing}" for thing in things)]
    lamps = np.repeat([0, 1, 2, 3], 15)
    labels = np.concatenate([lamps, lamps, np.repeat([4, 5, 6], [30, 30, 12])])
    found = settle(labels, akin(labels), read_texts(texts, labels), np.zeros(len(texts), np.int64))
    assert found[:180].tolist() == labels[:180].tolist()
    assert len(set(found[180:].tolist())) > 6


def test_it_does_not_matter_how_many_look_for_a_theme_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    together = settled(PARCEL, LAMP, MIXED)
    monkeypatch.setattr(settling, "AT_ONCE", 1)
    assert settled(PARCEL, LAMP, MIXED) == together
