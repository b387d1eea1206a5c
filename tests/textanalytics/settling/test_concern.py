"""What a word tells alone as the heading over customers' messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from textanalytics import lexicons
from textanalytics.base import FloatArray
from textanalytics.settling import concern as module
from textanalytics.settling.concern import LISTS, NAMED, TELLS, concern, fit


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


@pytest.fixture
def afresh() -> Iterator[Callable[[], None]]:
    """Forgets what was fitted, and again at the end."""
    module._fitted.cache_clear()
    yield module._fitted.cache_clear
    module._fitted.cache_clear()


@pytest.mark.parametrize("language", LISTS)
def test_what_ships_was_fitted_to_the_words_as_they_are_judged_now(
    language: str, monkeypatch: pytest.MonkeyPatch, afresh: Callable[[], None]
) -> None:
    asked = ["refund", "suitcase", "wife", "Gepäck", "yesterday"]
    fitted = []

    def watched(rows: FloatArray, told: FloatArray) -> FloatArray:
        fitted.append(len(rows))
        return fit(rows, told)

    monkeypatch.setattr(module, "fit", watched)
    shipped = concern(asked, language)
    assert not fitted, "run bin/make-concern"
    monkeypatch.setattr(module, "_kept", lambda _: None)
    afresh()
    assert concern(asked, language) == pytest.approx(shipped, abs=1e-4), "run bin/make-concern"
    assert fitted


@pytest.mark.usefixtures("afresh")
def test_words_judged_otherwise_are_fitted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = concern(["refund"])
    monkeypatch.setattr(module, "TELLS", {**TELLS, "matter": 0.0})
    module._fitted.cache_clear()
    assert concern(["refund"]) < before - 0.3
