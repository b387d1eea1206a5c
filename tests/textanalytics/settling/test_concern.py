"""What a word tells alone as the heading over customers' messages."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics import lexicons
from textanalytics.settling.concern import LISTS, NAMED, TELLS, concern


def test_a_word_that_names_a_matter_tells_and_an_everyday_one_does_not() -> None:
    told = concern(["refund", "suitcase", "leaking", "wife", "lucky", "yesterday"]).tolist()
    assert min(told[:3]) > 0.3 > max(told[3:])


def test_a_word_in_another_language_that_the_encoder_knows_is_judged_by_its_sense() -> None:
    luggage, birthday = concern(["Gepäck", "Geburtstag"]).tolist()
    assert luggage > birthday


def test_a_german_word_that_was_never_judged_goes_by_what_it_is_made_of() -> None:
    words = [
        "Paketzustellung",
        "Rechnungsbetrag",
        "Flugverspätung",
        "Nachbarskind",
        "Küstenwind",
        "Herbstabend",
    ]
    judged = {word for _, line in lexicons.sections("concerns_de.txt") for word in line.split()}
    assert judged.isdisjoint(word.lower() for word in words)
    told = concern(words, "de").tolist()
    assert min(told[:3]) > 0.5 > max(told[3:])


def test_german_judgements_say_more_of_german_words_than_english_ones() -> None:
    strike, child = concern(["Streik", "Enkel"], "de") - concern(["Streik", "Enkel"])
    assert strike > 0.2 > child


def test_a_german_word_that_nothing_is_known_of_is_taken_for_a_name() -> None:
    assert concern(["Zwoxelgrumpf"], "de")[0] >= NAMED > concern(["Tanten"], "de")[0]


def test_no_words_and_unknown_ones() -> None:
    assert concern([]).shape == (0,)
    assert np.isfinite(concern(["", "…", "zzxqv"])).all()


@pytest.mark.parametrize("name", LISTS["de"])
def test_each_word_is_judged_once(name: str) -> None:
    judged = [(word, section) for section, line in lexicons.sections(name) for word in line.split()]
    assert len({word for word, _ in judged}) == len(judged)
    assert {section for _, section in judged} == set(TELLS)
