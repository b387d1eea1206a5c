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


def test_marks_of_answers_are_nobodys_words() -> None:
    for opened in (open_page, open_words):
        vocabulary = Vocabulary()
        page = opened(["RT @acme Re: it leaks", "Re: it leaks", "Really, it leaks"], vocabulary)
        said = [[vocabulary.words[n] for n in page.word[page.text == i]] for i in range(3)]
        assert said == [["@acme", "re", "it", "leaks"], ["it", "leaks"], ["really", "it", "leaks"]]
