"""Titles that name what people speak of, and those that say something of it."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.telling.subjects import Subjects

TEXTS = [
    "My standing order leaves on the wrong day",
    "I need to order a new card for the savings account",
    "The standing order of last month was a new order",
    "Please refund my deposit to my savings account",
    "When will you refund the deposit to this account?",
    "I want to refund it, and a delay of the payment is fine",
    "There is a delay of my deposit, and my payment",
    "A deposit on the card, a payment by card, and the savings of my account",
    "They can refund my payment or the delay of another payment",
] * 2


@pytest.fixture(scope="module")
def subjects() -> Subjects:
    return Subjects(read_texts(TEXTS, np.zeros(len(TEXTS), np.int64)))


@pytest.mark.parametrize(
    "title",
    [
        "Card",
        "Card · deposit",
        "Savings account",
        "Deposit on my account",
        "Deposit on my card / Payment by card",
        "New card · ordered",
        "Card 24 · wrong",
    ],
)
def test_a_name_says_nothing_of_the_thing(subjects: Subjects, title: str) -> None:
    assert subjects.names_only(title)


@pytest.mark.parametrize(
    "title",
    [
        "Refund my deposit",
        "Refund deposit",
        "Refund my deposit · account",
        "Great account · card",
        "Payment delay",
        "Card was declined",
        "On my account",
        "Card trouble",
        "Great account",
        "How to order a card",
        "Can't deposit",
        "Savings account / Refund my deposit",
        "Unheard of account",
    ],
)
def test_what_is_done_or_judged_is_no_name(subjects: Subjects, title: str) -> None:
    assert not subjects.names_only(title)
