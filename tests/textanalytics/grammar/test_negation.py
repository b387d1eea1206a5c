"""A title never says that what people miss is there."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.grammar.negation import denial, denied
from textanalytics.grammar.phrases import Cutter, phrases
from textanalytics.grammar.sentence import Text
from textanalytics.language import LanguageAnalyser
from textanalytics.naming.choosing.titles import titles
from textanalytics.words.page import Vocabulary, open_page

PRAISE = ["what a lovely garden", "the garden is lovely", "such a lovely garden in spring"]
LOB = ["was für ein schöner Garten", "der Garten ist schön", "so ein schöner Garten im Frühling"]

MISSING = {
    "Parcel was delivered": [
        "It says my parcel was delivered but it was not",
        "Tracking says parcel was delivered but I never got it",
        "The parcel was delivered? No, my parcel was not delivered!",
        "my parcel was not delivered yesterday",
        "Parcel was delivered to nobody, it was never here",
        "once again my parcel was not delivered",
    ],
    "Refund arrived": [
        "my refund never arrived",
        "The refund has still not arrived after three weeks",
        "refund never arrived, please help",
        "I was told my refund arrived but it never did",
        "Refund never arrived",
        "where is it, the refund never arrived",
    ],
    "Wi-Fi works": [
        "the wi-fi doesn't work on the train",
        "wi-fi doesn't work in my room",
        "your wi-fi doesn't work again",
        "Nothing but trouble, wi-fi doesn't work",
        "Hello, the wi-fi doesn't work",
        "wi-fi works for everybody but it doesn't work for me",
    ],
    "Paket ist angekommen": [
        "Mein Paket ist nicht angekommen",
        "Das Paket ist immer noch nicht angekommen",
        "Laut Sendungsverfolgung ist mein Paket angekommen, aber hier ist nichts angekommen",
        "mein Paket ist bis heute nicht angekommen",
        "Seit zwei Wochen ist das Paket nicht angekommen",
        "Angeblich ist das Paket angekommen, aber es ist nicht angekommen",
    ],
    "Anschluss": [
        "Wir hatten keinen Anschluss in Kassel",
        "kein Anschluss in Kassel, niemand hilft",
        "Wieder kein Anschluss in Kassel",
        "In Kassel gab es keinen Anschluss",
        "kein Anschluss mehr in Kassel",
        "Und abends kein Anschluss in Kassel",
    ],
    "App startet": [
        "Die App startet nicht",
        "App startet nicht mehr seit dem Update",
        "seit gestern startet die App nicht",
        "Hilfe, die App startet nicht",
        "Die App startet einfach nicht",
        "App startet bei mir nicht",
    ],
}
DENIED = ("not", "n't", "never", "nicht", "kein", "no ", "without", "ohne", "nie")


def read(text: str, language: str = "en") -> Text:
    return Cutter(language).read(text)


def turned(text: str, language: str = "en") -> set[str]:
    words = read(text, language)
    return {word for word, said in zip(words.lower, denied(words), strict=True) if said}


@pytest.mark.parametrize("opposite", MISSING)
def test_what_is_missing_is_named_as_missing(opposite: str) -> None:
    said = MISSING[opposite]
    beside = PRAISE + LOB
    texts = [*said, *beside]
    languages = LanguageAnalyser().read(open_page(texts, Vocabulary())).value
    found = titles(texts, np.array([0] * len(said) + [1] * len(beside)), languages=languages)[0].title
    assert any(word in found.lower() for word in DENIED), found
    assert found.lower() != opposite.lower()


@pytest.mark.parametrize(
    ("texts", "never"),
    [
        (
            [
                "Tracking says parcel was delivered. It was not",
                "It says parcel was delivered but nothing came",
                "Parcel was delivered on Monday, allegedly, but nobody rang and it is nowhere",
                "parcel was delivered? I did not get any parcel",
                "Parcel was delivered they say but I don't have it",
            ],
            "delivered",
        ),
        (
            [
                "Your driver says my parcel was delivered but I never got it",
                "Parcel was delivered according to the app but there is nothing here",
                "It says the parcel was delivered, but it is not here",
            ],
            "parcel was delivered",
        ),
        (
            [
                "Laut App wurde mein Paket zugestellt, aber ich habe es nie bekommen",
                "Paket wurde zugestellt, heißt es, aber hier ist nichts",
                "Paket wurde zugestellt? Bei mir nicht!",
                "Das Paket wurde zugestellt, sagt ihr. Ist es aber nicht",
            ],
            "paket wurde zugestellt",
        ),
    ],
)
def test_what_is_disputed_is_not_stated(texts: list[str], never: str) -> None:
    beside = PRAISE + LOB
    languages = LanguageAnalyser().read(open_page([*texts, *beside], Vocabulary())).value
    labels = np.array([0] * len(texts) + [1] * len(beside))
    found = titles([*texts, *beside], labels, languages=languages)[0].title.lower()
    assert never not in found or any(word in found for word in DENIED), found


@pytest.mark.parametrize(
    ("text", "language", "never"),
    [
        ("they failed to deliver my parcel", "en", "deliver my parcel"),
        ("they failed to deliver my new parcel", "en", "new parcel"),
        ("a week without hot water now", "en", "hot water"),
        ("seit Tagen ohne Internet zu Hause", "de", "internet zu hause"),
        ("der Fahrer weigert sich, und niemand hilft", "de", "hilft"),
    ],
)
def test_a_cut_never_takes_off_the_not(text: str, language: str, never: str) -> None:
    words = read(text, language)
    assert never not in {" ".join(words.lower[cut.start : cut.end]) for cut in phrases(words)}


def test_what_was_only_said_to_be_so_makes_a_poorer_title() -> None:
    def grace(text: str) -> float:
        words = read(text)
        return max(
            phrase.grace
            for phrase in phrases(words)
            if words.lower[phrase.start : phrase.end] == ["parcel", "was", "delivered"]
        )

    assert grace("it says my parcel was delivered") < grace("today my parcel was delivered")


def test_a_not_reaches_as_far_as_its_statement() -> None:
    assert "delivered" in turned("says delivered, but I never got it")
    assert "crashes" not in turned("the app crashes and I can't use it")
    assert "pretty" not in turned("it is pretty. It doesn't fit")
    assert "startet" in turned("Die App startet einfach nicht", "de")


def test_not_only_denies_nothing() -> None:
    assert not turned("not only late")
    assert not turned("nicht nur spät", "de")


@pytest.mark.parametrize(
    ("text", "language", "word", "words"),
    [
        ("my parcel never arrived", "en", "arrived", "never arrived"),
        ("it has not yet been delivered", "en", "delivered", "not yet been delivered"),
        ("there are no free seats", "en", "seats", "no free seats"),
        ("der Zug kommt nicht an", "de", "kommt", "kommt nicht an"),
        ("das Paket ist nicht angekommen", "de", "angekommen", "nicht angekommen"),
        ("wir hatten keinen Anschluss", "de", "anschluss", "keinen anschluss"),
        ("my parcel arrived", "en", "arrived", ""),
        ("not now. It arrived", "en", "arrived", ""),
    ],
)
def test_a_word_is_denied_in_so_many_words(text: str, language: str, word: str, words: str) -> None:
    found = read(text, language)
    assert " ".join(denial(found, found.lower.index(word))) == words


def test_a_listed_word_keeps_its_not() -> None:
    """Nobody says more than one thing, so that words are listed."""
    texts = [*("parcel", "a parcel then", "parcel, hm", "the parcel", "Parcel!")]
    texts += ["not delivered", "never, not delivered", "not delivered, hm", "not delivered then"]
    found = titles([*texts, *PRAISE], np.array([0] * len(texts) + [1] * len(PRAISE)))[0]
    assert found.listed
    assert "delivered" not in found.title.lower().replace("not delivered", "")
    assert "not delivered" in found.title.lower()
