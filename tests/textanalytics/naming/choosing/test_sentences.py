"""A message is called by one of its sentences."""

from __future__ import annotations

import time

import pytest

from textanalytics.naming.choosing.sentences import LONGEST, sentence


@pytest.mark.parametrize(
    ("message", "about", "expected"),
    [
        ("@acme Thanks! My bag never came. Sad.", "Bag", "My bag never came"),
        ("@acme oh, is it only in Leeds?", "Leeds", "Oh, is it only in Leeds?"),
        ("Taxi costs $65 one way. Spent $200 for it.", "Taxi costs", "Taxi costs $65 one way"),
        ("Hello there, my oven is cold #oven #cold #acme", "", "My oven is cold"),
        ("#late #again #acme still no oven", "", "Still no oven"),
        ("WHERE IS MY OVEN AND HOW DO I GET IT", "", "Where is my oven and how do I get it"),
        ("thank you so much", "", "Thank you so much"),
        ("I sat up all night beside the telephone, my oven never came, and nobody at all rang me back", "Oven", "My oven never came"),
        ("still nothing... my oven is cold :(", "Oven", "My oven is cold"),
        ("Danke! Der Zug fällt aus. Tschüs.", "Zug", "Der Zug fällt aus"),
        ("what can i do in Leeds", "", "What can I do in Leeds"),
        ("dove sono i biglietti", "", "Dove sono i biglietti"),
        ("RT @acme: my oven is cold", "", "My oven is cold"),
        ("http://acme.example/1 #oven", "", "Oven"),
        ("😡😡", "", ""),
    ],
)  # fmt: skip
def test_the_sentence_that_says_it(message: str, about: str, expected: str) -> None:
    assert sentence(message, about) == expected


def test_of_one_too_long_the_beginning() -> None:
    said = sentence(
        "nobody at the shop told me that the oven which I bought for my mother had been sold before"
    )
    assert said.startswith("Nobody at the shop told me that the oven")
    assert said.endswith("…")
    assert len(said) <= LONGEST


def test_a_word_without_blanks_is_cut() -> None:
    assert sentence("オ" * 200) == "オ" * LONGEST + "…"


@pytest.mark.parametrize(
    "some", ["#a ", "#", "hello, ", "hi hi hi ", ":) ", ". ", "a, ", "@a #b ", "😡", "(", "…", " ", "-", "= ", "RT @a "]
)  # fmt: skip
def test_it_takes_a_moment_however_the_message_is_made(some: str) -> None:
    before = time.process_time()
    sentence(some * 50_000 + "x")
    assert time.process_time() - before < 2
