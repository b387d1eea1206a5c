"""Titles that name what people speak of, and those that say something of it."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.saying.titling import Title
from textanalytics.naming.telling.subjects import Subjects, as_subjects

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


WENT = [f"we went there {when}" for when in ("in May", "by bus", "for lunch", "with friends")]
TAGGED = [
    "The printer is offline #hgtxq",
    "No ink in my printer #hgtxq",
    "Where is the printer driver? #hgtxq",
]


def test_a_deed_alone_is_no_subject() -> None:
    subjects = Subjects(read_texts([*TEXTS, *WENT], np.zeros(len(TEXTS) + len(WENT), np.int64)))
    assert not subjects.is_subject("Went", np.arange(3))
    assert subjects.is_subject("Card", np.arange(3))
    assert subjects.says_nothing("Went")
    assert not subjects.says_nothing("Card")


def test_a_deed_that_is_a_matter_says_something() -> None:
    texts = [f"They declined it {when}" for when in ("in May", "again", "and I declined too")]
    assert not Subjects(read_texts(texts, np.zeros(3, np.int64))).says_nothing("Declined")


def test_what_every_customer_does_is_no_matter() -> None:
    texts = [f"I would buy it {when}" for when in ("in May", "again", "and I buy too")]
    subjects = Subjects(read_texts(texts, np.zeros(3, np.int64)))
    assert subjects.says_nothing("Buy")
    assert not subjects.says_nothing("Never buy again")


def test_that_somebody_bought_what_all_is_about_is_no_matter() -> None:
    texts = [
        f"I purchased this radio {when}" for when in ("in May", "again", "online", "for my son", "at last")
    ] * 2
    subjects = Subjects(read_texts([*texts, *TEXTS], np.zeros(len(texts) + len(TEXTS), np.int64)))
    assert subjects.says_nothing("Purchased this radio")
    assert not subjects.says_nothing("Purchased a card")
    assert subjects.says_nothing("Radio")
    assert not subjects.says_nothing("Radio is great")
    assert subjects.says_nothing("Problems · fixed") and subjects.says_nothing("Wasn't too worried")
    assert not subjects.says_nothing("Fix the radio")
    assert not subjects.says_nothing("Returned this radio")


def test_the_name_of_a_firm_or_a_product_is_a_subject_whoever_complains_of_it() -> None:
    texts = ["My Kestrel Duo broke", "the Kestrel Duo is loud", "a loud drill", "no more Kestrel Duo"]
    labels = np.zeros(4, np.int64)
    corpus = read_texts(texts, labels)
    subject = {
        title: as_subjects({0: Title(title, (), blamed=True)}, labels, corpus)[0].subject
        for title in ("Kestrel Duo", "Loud drill", "Kestrel Duo · broke")
    }
    assert subject == {"Kestrel Duo": True, "Loud drill": False, "Kestrel Duo · broke": False}


def test_a_tag_says_nothing() -> None:
    subjects = Subjects(read_texts([*TEXTS, *TAGGED], np.zeros(len(TEXTS) + 3, np.int64)))
    assert subjects.says_nothing("Hgtxq")
    assert not subjects.says_nothing("Hgtxq · printer")


def test_a_theme_whose_title_says_nothing_is_less_sure() -> None:
    labels = np.array([0, 0, 0, 1, 1, 2, 2, 2])
    corpus = read_texts(TEXTS[: len(labels)], labels)
    titles = {0: Title("Doesn't work", ()), 1: Title("I hate it", ()), 2: Title("Card", ())}
    unsure = {label: title.unsure for label, title in as_subjects(titles, labels, corpus).items()}
    assert unsure == {0: True, 1: False, 2: False}


def test_a_german_noun_of_anything_and_a_sentence_of_few_are_less_sure() -> None:
    said = "Ausgerechnet in diesem Zug nie kontrolliert"
    texts = [
        said,
        "Im Zug nach Kiel sitzt niemand",
        "Der Zug fährt ohne Licht",
        "Das Geld liegt auf der Straße",
        "Mein Geld für die Rückfahrt ist weg",
        "Geld macht nicht glücklich",
        "Keine Steckdosen im ganzen Wagen gefunden",
        "Keine Steckdosen im Wagen, ganzen Tag gesucht und nicht gefunden",
        "Im ganzen Wagen keine Steckdosen zu finden",
    ]
    labels = np.repeat([0, 1, 2], 3)
    corpus = read_texts(texts, labels, ["de"] * 9)
    titles = {0: Title(said, ()), 1: Title("Geld", ()), 2: Title("Keine Steckdosen im ganzen Wagen", ())}
    found = as_subjects(titles, labels, corpus)
    assert [found[label].unsure for label in range(3)] == [True, True, False]
