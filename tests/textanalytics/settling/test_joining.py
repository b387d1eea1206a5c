"""Two words for one thing are one theme, and one name for two things is not."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.encoders import default
from textanalytics.naming.choosing.candidates import Said, settled

WHAT = (
    "free if you come in a costume",
    "three dollars for a costume today",
    "the line for it was an hour",
    "they ran out of guacamole for it",
    "wore my witch dress to get it",
    "came with cold rice again",
    "best dinner of the week",
    "my kids dressed up for it",
)
ASKS = (
    "the {} is valid on every bus",
    "where can I buy a {} for the week",
    "my {} was checked twice",
    "the {} costs too much now",
    "is my {} good for the return",
    "the machine did not print my {}",
)
TELLS = (
    "is a {} valid on the night bus",
    "I want to buy a {} for a month",
    "they checked my {} again and again",
    "why does the {} cost so much",
    "can I return with the same {}",
    "the machine printed half of my {}",
)
THINGS = "invoice battery piano waiter gym password parcel museum garden violin volcano printer hotel doctor".split()
SO = ("was sent twice", "does not work", "is out of order", "was rude to us", "never came", "is too small")
BESIDE = [[f"the {thing} {what}" for what in SO] for thing in THINGS]


def themes_of(one: list[str], other: list[str], moods: tuple[int, int] = (0, 0)) -> int:
    """How many themes the two become beside others."""
    groups = [one, other, *BESIDE]
    texts = [text for group in groups for text in group]
    labels = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    signs = np.array([[*moods, *[0] * len(BESIDE)][label] for label in labels.tolist()])
    said = Said(texts, ["en"] * len(texts), labels)
    encoder = default()
    found = settled(encoder, said, encoder.encode(texts), signs)
    return len(set(found[: len(one) + len(other)].tolist()))


def about(name: str, places: slice = slice(None)) -> list[str]:
    return [f"the {name} {what}" for what in WHAT[places]]


def test_two_spellings_of_one_word_of_which_the_same_is_said() -> None:
    assert themes_of(about("burrito"), about("boorito")) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("lawyer", "attorney"), ("trousers", "pants"), ("ticket", "Fahrkarte")]
)
def test_two_words_for_one_thing(one: str, other: str) -> None:
    assert themes_of([text.format(one) for text in ASKS], [text.format(other) for text in TELLS]) == 1


def test_words_that_only_look_alike_of_which_other_things_are_said() -> None:
    battle = [
        f"the battle {what}"
        for what in ("of Hastings", "was lost", "with the French", "of the bands", "at sea")
    ]
    bottle = [
        f"the bottle {what}"
        for what in ("leaks", "has no lid", "is made of glass", "of milk", "is too heavy")
    ]
    assert themes_of(battle, bottle) == 2


@pytest.mark.parametrize(("one", "other"), [("burrito", "umbrella"), ("taxi", "piano")])
def test_two_things_of_which_the_same_is_said(one: str, other: str) -> None:
    assert themes_of(about(one), about(other)) == 2


def test_praise_of_a_thing_and_blame_of_it_under_another_name() -> None:
    assert themes_of(about("burrito"), about("boorito"), (1, -1)) == 2


WANTED = [
    f"{ask} my credit limit{end}"
    for ask in ("increase", "please raise", "can you increase", "I want to increase", "how do I raise")
    for end in ("", " on my visa", " a bit")
]
ASKED = [
    f"{ask} my credit limit{end}"
    for ask in ("what is", "tell me", "do you know", "let me know", "I wonder what is")
    for end in ("", " on my visa", " today")
]


def test_near_one_another_and_of_one_word_but_they_do_not_mix() -> None:
    assert themes_of(WANTED, ASKED) == 2
    assert themes_of(WANTED[::2], WANTED[1::2]) == 1
