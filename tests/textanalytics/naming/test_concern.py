"""What a word tells alone as the heading over customers' messages."""

from __future__ import annotations

import numpy as np

from textanalytics import lexicons
from textanalytics.naming.concern import TELLS, concern


def test_a_word_that_names_a_matter_tells_and_an_everyday_one_does_not() -> None:
    told = concern(["refund", "suitcase", "leaking", "wife", "lucky", "yesterday"]).tolist()
    assert min(told[:3]) > 0.3 > max(told[3:])


def test_a_word_in_another_language_that_the_encoder_knows_is_judged_by_its_sense() -> None:
    luggage, birthday = concern(["Gepäck", "Geburtstag"]).tolist()
    assert luggage > birthday


def test_no_words_and_unknown_ones() -> None:
    assert concern([]).shape == (0,)
    assert np.isfinite(concern(["", "…", "zzxqv"])).all()


def test_each_word_is_judged_once() -> None:
    judged = [(word, section) for section, line in lexicons.sections("concerns.txt") for word in line.split()]
    assert len({word for word, _ in judged}) == len(judged)
    assert {section for _, section in judged} == set(TELLS)
