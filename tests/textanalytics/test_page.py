"""A page of words says the same as a page, but for where they stand."""

from __future__ import annotations

import numpy as np

from textanalytics.page import Vocabulary, open_page, open_words

TEXTS = [
    "I don't like it!! 😡 https://home.example/a",
    "",
    "@home the Straße is long: " + "word " * 5_000,
    "<3 ok?",
]


def test_words_are_those_of_the_page() -> None:
    whole, words = open_page(TEXTS, Vocabulary()), open_words(TEXTS, Vocabulary())
    assert np.array_equal(whole.word, words.word)
    assert np.array_equal(whole.text, words.text)
    assert whole.vocabulary.words == words.vocabulary.words
