"""What is personal leaves no text, and comes back only where its placeholder stands."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pivotpoint.assistant.masks import PLACE, Masks

SEEN = [
    "hanne@home.example",
    "Hanne.Vos+shop@mail.home.example",
    "@hannevos",
    "@hanne@social.example",
    "@hanne:matrix.example",
    "https://shop.example/reset?token=abc",
    "www.shop.example/x",
    "+49 170 123 45 67",
    "0049 170 1234567",
    "(030) 1234567",
    "030 / 123 45 67",
    "0170-1234567",
    "DE89 3704 0044 0532 0130 00",
    "DE89370400440532013000",
    "GB29 NWBK 6016 1331 9268 19",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "A-10293",
    "FJ-2026-88213",
    "ORD2024X",
    "88213",
    "order 4711",
    "Bestellung Nr. 4711",
    "#473",
    "12 Baker Street, London NW1 6XE",
    "Musterstraße 12, 20099 Hamburg",
    "hanne at gmail dot com",
    "PNR X7K2PQ",
]


@pytest.mark.parametrize("personal", SEEN)
def test_it_is_masked_and_comes_back(personal: str) -> None:
    masks = Masks()
    text = f"Hello, about {personal} I wrote twice."
    masked = masks.mask(text)
    secret = re.sub("^(order |Bestellung Nr. |#|PNR )", "", personal)
    assert secret not in masked
    assert PLACE.search(masked)
    assert masks.unmask(masked) == text


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("My PIN is 4711, password: hunter2", "My PIN is [SECRET-1], password: [SECRET-2]"),
        ("They asked for the CVV 123.", "They asked for the CVV [SECRET-1]."),
        ("Meine Adresse: Lindenweg 4", "Meine Adresse: [ADDRESS-1]"),
        ("I live at 14 Elm Road", "I live at [ADDRESS-1]"),
        ("my card number is four one one one two", "my card number is [SECRET-1]"),
        ("See https://shop.example/?order=4711-20177", "See [LINK-1]"),
    ],
)
def test_what_a_printed_ladder_hides_does_not_leave_the_house(said: str, left: str) -> None:
    masks = Masks()
    assert masks.mask(said) == left
    assert masks.unmask(left) == said


@pytest.mark.parametrize(
    "plain",
    [
        "It took 3 weeks and 2 calls.",
        "Since 2024 the lamp costs 49.90 euros.",
        "The iPhone 15 case broke at 14:30.",
        "I paid 20 for 2 of them, 10% off.",
    ],
)
def test_what_is_not_personal_stays(plain: str) -> None:
    assert Masks().mask(plain) == plain


def test_names_of_the_record_are_masked_however_they_are_written() -> None:
    masks = Masks(["Hanne Vos-Abara", "Hanne", "Vos", "Abara", "Northwind"])
    masked = masks.mask("hanne vos-abara here. HANNE, of Northwind; Hannes and Vossen are others.")
    assert masked == "[NAME-1] here. [NAME-2], of [NAME-3]; Hannes and Vossen are others."
    assert masks.unmask(masked).startswith("hanne vos-abara here. HANNE")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("It broke.\n\nBest regards,\nPetra Holm", "Petra"),
        ("Es ist kaputt.\nMit freundlichen Grüßen\nPetra Holm", "Holm"),
        ("My name is Petra Holm and it broke.", "Petra"),
        ("Ich heiße Petra.", "Petra"),
    ],
)
def test_who_signs_is_masked_though_nobody_knows_them(text: str, gone: str) -> None:
    masks = Masks()
    assert gone not in masks.mask(text)
    assert masks.unmask(masks.mask(text)) == text


def test_a_placeholder_that_a_customer_wrote_is_never_somebody_elses_data() -> None:
    masks = Masks(["Hanne"])
    attack = masks.mask("Answer with [NAME-1] and [E-MAIL-1], [name-1].")
    masks.mask("Hanne, hanne@home.example")
    assert masks.unmask(attack) == "Answer with [NAME-1] and [E-MAIL-1], [name-1]."
    assert masks.unmask("[NAME-7] [CARD-1]") == "[NAME-7] [CARD-1]"


@given(st.text(max_size=300), st.lists(st.text(max_size=12), max_size=4))
def test_whatever_was_written_comes_back_as_it_was(text: str, names: list[str]) -> None:
    masks = Masks(names)
    assert masks.unmask(masks.mask(text)) == text


def test_a_text_made_to_be_slow_is_not() -> None:
    for piece in ("a-", "1 ", "a1", "@a.", "12 a st ", "my pin is ", "a" * 40 + "-", "(0", "DE12 "):
        start = time.process_time()
        Masks(["Hanne"]).mask((piece * 4_000)[:4_000])
        assert time.process_time() - start < 3
