"""Themes that say nothing but that a thing is good, or bad, are one whatever the thing is called."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.belonging.verdicts import Verdict, Verdicts, one_verdict
from textanalytics.naming.saying.titling import Title

TAILS = ("", "for my mother", "after two months", "and so it stays", "at this price", "honestly")
PRAISE = [
    f"{said} {tail}"
    for tail in TAILS
    for said in ("this {} is great", "what a great {}", "I love this {}", "best {} ever")
]
BLAME = [
    f"{said} {tail}"
    for tail in TAILS
    for said in ("this {} broke", "this {} is the worst", "my {} never works", "a bad {}")
]
TENT = ["this tent leaks", "the pole of the tent bent", "my tent smells", "the tent has a hole"]


def alike(
    one: tuple[str, str],
    other: tuple[str, str],
    said: list[str] = PRAISE,
    of_other: list[str] | None = None,
    *,
    language: str = "en",
) -> dict[int, list[int]]:
    """The themes of two (title, thing) beside others of tents."""
    texts = [text.format(one[1]) for text in said]
    texts += [text.format(other[1]) for text in of_other or said] + TENT * 5
    labels = np.repeat([0, 1, 2], [len(said), len(of_other or said), 20])
    corpus = read_texts(texts, labels, [language] * len(texts))
    titles = {0: Title(one[0], ()), 1: Title(other[0], ()), 2: Title("Tent leaks", ())}
    return one_verdict(titles, labels, default().encode(texts), corpus, default())


def test_two_things_that_all_is_about_are_one() -> None:
    assert alike(("Radio is great", "radio"), ("Great machine", "machine")) == {0: [1]}
    assert alike(("Radio trouble", "radio"), ("Machine trouble", "machine"), BLAME) == {0: [1]}


def test_what_all_is_about_is_called_this() -> None:
    part = [text.replace("this", "the") for text in PRAISE]
    assert alike(("Radio is great", "radio"), ("Great knob", "knob"), of_other=part) == {}


def test_two_words_for_one_thing_are_one() -> None:
    said = [text.replace("this", "the") for text in PRAISE]
    assert alike(("Great food", "food"), ("Great meal", "meal"), said) == {0: [1]}
    assert alike(("Great food", "food"), ("Great waiter", "waiter"), said) == {}


def test_one_thing_may_be_praised_in_two_words() -> None:
    said = [text.replace("great", "delicious") for text in PRAISE]
    assert alike(("Great soup", "soup"), ("Soup was delicious", "soup"), of_other=said) == {0: [1]}


def test_praise_and_blame_stay_apart() -> None:
    assert alike(("Radio is great", "radio"), ("Radio trouble", "radio"), PRAISE, BLAME) == {}


def test_what_else_is_said_of_a_thing_may_tell_two_apart() -> None:
    other = [
        f"a great radio {where}"
        for where in ("at sea", "on a boat", "in any harbour", "for sailing", "on deck")
    ]
    assert alike(("Great radio", "radio"), ("Radio is great", "radio"), of_other=other) == {}


def test_the_title_stays_that_says_it_as_most_do() -> None:
    found = alike(
        ("Machine is great", "machine"),
        ("Great radio", "radio"),
        of_other=[*PRAISE, *(f"well, {text}" for text in PRAISE)],
    )
    assert found == {1: [0]}


def test_a_title_has_to_be_of_what_its_texts_speak_of() -> None:
    assert alike(("Great radio", "radio"), ("Great machine", "thing")) == {}


def test_german_themes_are_left_alone() -> None:
    assert alike(("Radio is great", "radio"), ("Great machine", "machine"), language="de") == {}


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("Great radio", Verdict(1, ("radio",), ("great",))),
        ("Customer service trouble", Verdict(-1, ("customer", "service"), ("trouble",))),
        ("Fix the new radio", Verdict(-1, ("radio",), ("fix",))),
        ("Radio", None),
        ("Great", None),
        ("Radio is great, knob is terrible", None),
        ("Radio doesn't work great", None),
        ("Easy to use the radio", None),
        ("Clean radio", None),
    ],
)
def test_a_verdict_judges_a_thing_and_says_nothing_else(title: str, verdict: Verdict | None) -> None:
    assert Verdicts(read_texts(TENT, np.zeros(4, np.int64)), default()).of(title) == verdict
