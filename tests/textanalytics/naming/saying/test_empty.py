"""A title that says nothing is told from one that names a thing or a matter."""

from __future__ import annotations

import pytest

from textanalytics.naming.saying.empty import is_idle, is_matter, says_nothing


@pytest.mark.parametrize(
    "title",
    [
        "Doesn't work",
        "Need to change",
        "That is my only complaint",
        "Enough said",
        "I hate it",
        "Is the worst",
        "Place",
        "Money trouble",
        "Problem · work",
        "Let me talk",
        "Read it for me, please",
        "Kinds of things / Places",
    ],
)
def test_what_it_is_about_stands_somewhere_else(title: str) -> None:
    assert says_nothing(title)


@pytest.mark.parametrize(
    "title",
    [
        "Doesn't work on my phone",
        "Change the date",
        "Talk to a person",
        "Problem · printer",
        "Highly recommend",
        "Can't log in",
        "Where do you work?",
        "Who do you work for?",
        "Date of birth",
        "Pay",
        "",
    ],
)
def test_a_thing_a_matter_or_a_question_says_something(title: str) -> None:
    assert not says_nothing(title)


@pytest.mark.parametrize(
    "title",
    [
        "Doesn't work · wrong",
        "Money · pay",
        "Big mistake",
        "Oh a thread",
        "Wife",
        "My wife · daughter",
        "Place",
    ],
)
def test_what_may_be_of_anything_leaves_it_open(title: str) -> None:
    assert is_idle(title)


@pytest.mark.parametrize(
    "title",
    ["Pay", "Pay · card", "Money · refund", "Wrong amount", "Wife · name", "Never buy again", "Where?", ""],
)
def test_with_another_word_it_says_something(title: str) -> None:
    assert not is_idle(title)


def test_some_deeds_are_a_matter_by_themselves() -> None:
    assert all(map(is_matter, ("Cancel", "declined", "pay")))
    assert not any(map(is_matter, ("Went", "arrive", "carry")))
