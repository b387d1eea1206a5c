"""A theme without words in common is taken apart; its messages go where their words are, or find one another."""

from __future__ import annotations

import numpy as np

from textanalytics.corpus import read_texts
from textanalytics.encoders import default
from textanalytics.settle import settle

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
    blame = np.array(blames or [False] * len(texts), np.bool_)
    return settle(labels, default().encode(texts), read_texts(texts, labels), blame).tolist()


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
    found = settle(labels, default().encode(texts), read_texts(texts, labels), np.zeros(6, np.bool_))
    assert found.tolist() == labels.tolist()
    nobody = np.full(6, -1)
    assert (
        settle(nobody, default().encode(texts), read_texts(texts, nobody), np.zeros(6, np.bool_)).tolist()
        == [-1] * 6
    )
