"""What only says again what another phrase says."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.encoders import default
from textanalytics.naming.saying.nearness import Meaning
from textanalytics.naming.telling.again import are_one, says_again


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    return Meaning(default(), np.zeros((1, default().dimensions), np.float32), np.zeros(1, np.int64))


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Prove my identity", "Verify my identity"),
        ("Great customer service", "Amazing customer service"),
        ("Replace my tires", "Change my tires"),
        ("Pay a bill", "Pay my bill"),
    ],
)
def test_other_words_for_the_same_say_it_again(meaning: Meaning, said: str, title: str) -> None:
    assert says_again(said, title, meaning)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Report lost card", "Report my stolen card"),
        ("Decrease the volume", "Increase the volume"),
        ("Female voice", "Male voice"),
        ("Can't log in", "Log in"),
        ("Change my address", "Change my details"),
        ("How long does the transfer take?", "Transfer"),
        ("Late delivery of the parcel", "Parcel"),
    ],
)
def test_what_says_more_or_the_contrary_does_not(meaning: Meaning, said: str, title: str) -> None:
    assert not says_again(said, title, meaning)


def test_two_phrases_may_say_one_thing_without_a_word_in_common(meaning: Meaning) -> None:
    assert are_one("Talk faster", "Speed up the speech", meaning)
    assert are_one("Charged for transferring money", "Fee for transferring money", meaning)
    assert not are_one("Talk faster", "Talk slower", meaning)
    assert not are_one("Connect to my phone", "Disconnect from my phone", meaning)
