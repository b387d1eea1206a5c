"""A page holds the pieces of each text, and where they stand, however often its words were typed before."""

from __future__ import annotations

import numpy as np

from textanalytics.text import PIECES, opening
from textanalytics.words.page import LONGEST, Column, Page, Vocabulary, open_page

TEXTS = [
    "I don't like it!! 😡 https://home.example/a",
    "",
    "@home the Straße is long: " + "word " * 5_000,
    "<3 ok?",
    "RT @acme :) it  leaks\n\nagain:)x :)",
    " I don't like it!!",
]


def said(page: Page) -> list[list[str]]:
    words = page.vocabulary.words
    return [[words[n] for n in page.word[page.text == i]] for i in range(page.size)]


def test_pieces_are_those_of_the_whole_text() -> None:
    page = open_page(TEXTS, Vocabulary())
    for i, text in enumerate(TEXTS):
        own = page.text == i
        spans = list(zip(page.starts[own].tolist(), page.ends[own].tolist(), strict=True))
        assert spans == [m.span() for m in PIECES.finditer(text, opening(text), LONGEST)]


def test_what_was_typed_before_reads_the_same() -> None:
    vocabulary = Vocabulary()
    first, again = open_page(TEXTS, vocabulary), open_page(TEXTS[::-1], vocabulary)
    assert said(first) == said(again)[::-1]
    assert len(vocabulary.typed) < 40


def test_a_full_vocabulary_starts_afresh_and_says_the_same() -> None:
    small = Vocabulary(limit=3)
    begun = small.generation
    first, again = said(open_page(TEXTS, small)), open_page(TEXTS, small)
    assert small.generation > begun
    assert said(again) == first


def test_who_types_no_blanks_fills_a_vocabulary_too() -> None:
    small = Vocabulary(limit=10)
    begun = small.generation
    open_page(["https://home.example/" + "a" * 500], small)
    open_page(["ok"], small)
    assert small.generation > begun


def test_what_is_known_of_one_vocabulary_is_not_taken_for_another() -> None:
    lengths = Column(lambda words: np.array([len(word) for word in words]))
    for text in ["a bb", "ccc", "dddd eeeee ffffff"]:
        page = open_page([text], Vocabulary())
        assert lengths.over(page.vocabulary)[page.word].tolist() == [len(word) for word in text.split()]


def test_no_texts_are_an_empty_page() -> None:
    page = open_page([], Vocabulary())
    assert (page.size, len(page.word), len(page.typed)) == (0, 0, 0)


def test_marks_of_answers_are_nobodys_words() -> None:
    page = open_page(["RT @acme Re: it leaks", "Re: it leaks", "Really, it leaks"], Vocabulary())
    assert said(page) == [["@acme", "re", "it", "leaks"], ["it", "leaks"], ["really", "it", "leaks"]]
