"""What a word tells alone as the heading over customers' messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from textanalytics import lexicons
from textanalytics.base import FloatArray
from textanalytics.naming import concern as module
from textanalytics.naming.concern import TELLS, concern, fit


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


@pytest.fixture
def afresh() -> Iterator[Callable[[], None]]:
    """Forgets what was fitted, and again at the end."""
    module._fitted.cache_clear()
    yield module._fitted.cache_clear
    module._fitted.cache_clear()


def test_what_ships_was_fitted_to_the_words_as_they_are_judged_now(
    monkeypatch: pytest.MonkeyPatch, afresh: Callable[[], None]
) -> None:
    asked = ["refund", "suitcase", "wife", "Gepäck", "yesterday"]
    fitted = []

    def watched(rows: FloatArray, told: FloatArray) -> FloatArray:
        fitted.append(len(rows))
        return fit(rows, told)

    monkeypatch.setattr(module, "fit", watched)
    shipped = concern(asked)
    assert not fitted, "run bin/make-concern"
    monkeypatch.setattr(module, "_kept", lambda: None)
    afresh()
    assert concern(asked) == pytest.approx(shipped, abs=1e-4), "run bin/make-concern"
    assert fitted


@pytest.mark.usefixtures("afresh")
def test_words_judged_otherwise_are_fitted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = concern(["refund"])
    monkeypatch.setattr(module, "TELLS", {**TELLS, "matter": 0.0})
    module._fitted.cache_clear()
    assert concern(["refund"]) < before - 0.3
