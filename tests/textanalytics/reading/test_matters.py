"""The matters of one text."""

from __future__ import annotations

import pytest

from textanalytics.reading.matters import LONGEST, parts, phases, sides
from textanalytics.reading.reading import Reader


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in parts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "flight was great but my bag is gone",
        "The staff were lovely, however nobody has answered my refund request",
        "Der Flug war super, aber mein Koffer ist weg",
        "el vuelo fue excelente pero perdieron mi maleta",
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


def test_two_by_two_but_never_the_whole() -> None:
    text = "You charged me twice again. Nobody ever answers your hotline. And my parcel is late"
    found = [text[start:end] for start, end in phases(text)]
    assert found[3:] == [
        "You charged me twice again. Nobody ever answers your hotline.",
        "Nobody ever answers your hotline. And my parcel is late",
    ]
    assert phases("One sentence that is all there is") == []
    assert len(phases("Four words are here. Four words are there.")) == 2


def test_a_story_is_not_cut() -> None:
    assert parts("This is a long story about it all. " * LONGEST) == []
