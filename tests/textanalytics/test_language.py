from __future__ import annotations

import pytest

from textanalytics.language import LanguageAnalyser
from textanalytics.words.page import Vocabulary, open_page


def told(*texts: str) -> list[str]:
    return LanguageAnalyser().read(open_page(texts, Vocabulary())).value


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("My parcel has not arrived and nobody answers", "en"),
        ("Der Zug fällt schon wieder aus und keiner sagt etwas", "de"),
        ("je voudrais un remboursement, mon colis n'est pas arrivé", "fr"),
        ("mi pedido no ha llegado y nadie contesta", "es"),
        ("il mio pacco non è ancora arrivato", "it"),
        ("mijn pakket is nog niet aangekomen", "nl"),
        ("Где мой заказ? Я жду уже две недели", "ru"),
        ("注文した商品がまだ届きません", "ja"),
    ],
)
def test_clear_messages(text: str, language: str) -> None:
    assert told(text) == [language]


@pytest.mark.parametrize(
    "text", ["ok thanks", "lol", "yes pls", "dm sent", "wifi down", "nope", "iphone 7 plus"]
)
def test_short_noise_is_english_or_undetermined_never_exotic(text: str) -> None:
    assert told(text)[0] in ("en", "und")


@pytest.mark.parametrize("text", ["", "   ", "12345", "😡😡", "https://example.org/a", "@acme @other"])
def test_without_words_it_cannot_be_told(text: str) -> None:
    assert told(text) == ["und"]


@pytest.mark.parametrize(
    ("text", "language"), [("pésimo servicio", "es"), ("merci beaucoup", "fr"), ("alles kaputt", "de")]
)
def test_few_words_that_one_language_has(text: str, language: str) -> None:
    assert told(text) == [language]


def test_a_texts_language_does_not_depend_on_its_neighbours() -> None:
    texts = ["ok super", "alles klar", "no problem", "die", "gift"]
    assert told(*texts) == [told(text)[0] for text in texts]
