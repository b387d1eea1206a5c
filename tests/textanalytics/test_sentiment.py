from __future__ import annotations

import pytest

from textanalytics.lexicons import plain
from textanalytics.sentiment import Valence
from textanalytics.words.page import Vocabulary, open_page


def strength(text: str, language: str = "en") -> float:
    values, _ = Valence().read(open_page([text], Vocabulary()), [language])
    return float(values.sum())


def test_negation_turns_a_word() -> None:
    assert strength("good") > 0 > strength("not good")
    assert strength("bad") < 0 < strength("not bad")


def test_a_far_negator_does_not_excuse_blame() -> None:
    assert strength("cannot believe you lost it") < 0


def test_boosters_and_dampers_change_the_degree_only() -> None:
    assert strength("very good") > strength("good") > strength("slightly good") > 0
    assert strength("very bad") < strength("bad") < strength("slightly bad") < 0


def test_german_negation_may_follow_the_verb() -> None:
    assert strength("das funktioniert", "de") > 0 > strength("das funktioniert nicht", "de")


@pytest.mark.parametrize("word", ["pünktlich", "pünktliche", "pünktlicher", "pünktlichem"])
def test_german_endings(word: str) -> None:
    assert strength(word, "de") > 0


@pytest.mark.parametrize("text", ["werkt niet", "funktioniert nicht", "ne marche pas"])
def test_where_the_negator_follows(text: str) -> None:
    language = {"w": "nl", "f": "de", "n": "fr"}[text[0]]
    assert strength(text, language) < 0


@pytest.mark.parametrize(("word", "language"), [("pésimo", "es"), ("péssimo", "pt"), ("déçu", "fr")])
def test_accents_may_be_left_out(word: str, language: str) -> None:
    assert strength(plain(word), language) == strength(word, language) < 0


def test_an_n_with_a_tilde_is_a_letter() -> None:
    assert plain("año") == "año"


@pytest.mark.parametrize(
    ("word", "of", "language"),
    [
        ("malísimo", "malo", "es"),
        ("riquísima", "rica", "es"),
        ("larguisimo", "largo", "es"),
        ("carissimi", "caro", "it"),
    ],
)
def test_superlatives_are_stronger(word: str, of: str, language: str) -> None:
    assert strength(word, language) == pytest.approx(1.2 * strength(of, language))


@pytest.mark.parametrize(
    ("drawn", "word", "language"),
    [
        ("goooood", "good", "en"),
        ("graciasss", "gracias", "es"),
        ("malísimooo", "malísimo", "es"),
        ("suuuper", "super", "de"),
    ],
)
def test_letters_that_draw_a_word_out(drawn: str, word: str, language: str) -> None:
    assert strength(drawn, language) == strength(word, language) != 0


def test_two_letters_are_not_drawn_out() -> None:
    assert strength("goood") == strength("good") != strength("god")


def test_the_language_decides_what_a_word_means() -> None:
    assert strength("die", "en") < 0
    assert strength("die", "de") == 0


def test_emoji_speak_in_every_language() -> None:
    assert strength("😡", "en") == strength("😡", "de") < 0 < strength("😍", "und")


def test_negation_does_not_leak_into_the_next_text() -> None:
    values, _ = Valence().read(open_page(["not", "good"], Vocabulary()), ["en", "en"])
    assert values.tolist()[1] > 0
