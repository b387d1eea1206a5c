"""Themes of bare answers to somebody's question."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.grammar.corpus import members_of, read_texts
from textanalytics.naming.belonging.answers import is_answer, of_answers


def read(*texts: str) -> tuple[bool, ...]:
    return tuple(map(is_answer, read_texts(texts, np.zeros(len(texts), np.int64)).texts))


@pytest.mark.parametrize(
    "text",
    [
        "Yes, it is a debit card",
        "well, no, the blue one",
        "It's brand new",
        "by cheque",
        "I think it is the savings account",
        "sorry, I have no idea",
    ],
)
def test_who_only_answers(text: str) -> None:
    assert read(text) == (True,)


@pytest.mark.parametrize(
    "text",
    [
        "My card is broken",
        "Is it a debit card?",
        "It is the third time this month that my parcel never came",
        "Bykov gave me a parcel",
        "Nothing works",
        "",
    ],
)
def test_who_says_something_unasked(text: str) -> None:
    assert read(text) == (False,)


def test_a_theme_of_answers_is_one() -> None:
    answers = [
        "yes, a debit card",
        "it is a debit card",
        "no, debit",
        "I lost my debit card",
        "where is my debit card",
    ]
    complaints = [
        "it broke again",
        "my parcel broke",
        "the parcel is broken",
        "a broken parcel came",
        "broken parcels",
    ]
    pair = ["no, thanks", "yes, thanks"]
    texts = [*answers, *complaints, *pair]
    labels = np.repeat([0, 1, 2], [5, 5, 2])
    assert of_answers(members_of(labels), read_texts(texts, labels)) == {0}
