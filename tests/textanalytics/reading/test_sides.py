"""The matters of one text."""

from __future__ import annotations

import pytest

from textanalytics.reading.reading import Reader
from textanalytics.reading.sides import LONGEST, MOST, parts, sides


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in parts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "flight was great but my bag is gone",
        "The staff were lovely, however nobody has answered my refund request",
        "Der Flug war super, aber mein Koffer ist weg",
        "el vuelo fue excelente pero perdieron mi maleta",
        "Although the flight was great, my bag is gone",
        "Obwohl der Flug super war, ist mein Koffer weg",
    ],
)
def test_praise_that_turns_to_a_complaint_is_read_as_the_complaint(text: str) -> None:
    row = Reader().read([text]).row(0)
    assert (row["intent"], row["mood"], row["actionable"]) == ("complaint", "negative", True)
    turn = text.index(text[slice(*sides(text)[1])])
    assert all(start >= turn for start, _ in row["evidence"]["intent"])


def test_praise_on_both_sides_stays_praise() -> None:
    row = Reader().read(["The crew was great but the food was even better"]).row(0)
    assert (row["intent"], row["mood"]) == ("praise", "positive")


def test_what_names_the_function_needs_one_word_of_matter_to_be_acted_upon() -> None:
    read = Reader().read(["my bag is gone", "you charged me twice", "I am still waiting", "help me"])
    assert read.actionable.tolist() == [True, True, False, False]


def test_a_postscript_is_a_part_of_its_own() -> None:
    text = "You charged me twice again. PS: nobody ever answers your hotline"
    assert cut(text) == ["You charged me twice again.", "nobody ever answers your hotline"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "You charged me twice and nobody answers your hotline",
            ["You charged me twice", "nobody answers your hotline"],
        ),
        ("While the food was good, the room was cold", ["the food was good", "the room was cold"]),
        ("my card is lost also how do I change my pin", ["my card is lost", "how do I change my pin"]),
        (
            "Der Flug war super und außerdem fehlt mein Koffer noch",
            ["Der Flug war super", "fehlt mein Koffer noch"],
        ),
        (
            "La app no funciona y además me cobraron dos veces",
            ["La app no funciona", "me cobraron dos veces"],
        ),
        (
            "The parcel is a week late (and your hotline never picks up).",
            ["The parcel is a week late", "(and your hotline never picks up)."],
        ),
        (
            "1. My parcel is late 2. The invoice is wrong\n- the app crashes daily",
            ["My parcel is late", "The invoice is wrong", "the app crashes daily"],
        ),
    ],
)
def test_it_is_cut_where_people_go_on_to_something_else(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "My parcel never arrived and it was sent weeks ago",
        "My parcel never arrived. It was sent two weeks ago",
        "Mein Paket fehlt noch. Es ist seit Wochen unterwegs",
        "I want my money back. Because the kettle broke after a day",
        "my card and my pin",
        "a while ago I asked for a refund",
        "it has not arrived yet?",
    ],
)
def test_what_points_back_or_says_why_is_no_part_of_its_own(text: str) -> None:
    assert cut(text) == []


def test_a_long_list_loses_nothing() -> None:
    found = cut("The parcel is late. " * 12 + "The last is lost.")
    assert len(found) == MOST
    assert found[-1].endswith("The last is lost.")


def test_a_story_is_not_cut() -> None:
    assert parts("This is a long story about it all. " * LONGEST) == []
