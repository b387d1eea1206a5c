"""Stems are the same with Snowball in C as without it."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.german_stemmer import GermanStemmer
from snowballstemmer.spanish_stemmer import SpanishStemmer

WORD = re.compile(r"[^\W\d_]{2,}")
SHIPPED = {
    "german": (GermanStemmer, ("data/german.txt", "lexicons/sentences_de.txt", "lexicons/concerns_de.txt")),
    "english": (EnglishStemmer, ("lexicons/sentences_en.txt", "lexicons/concerns.txt")),
    "spanish": (SpanishStemmer, ("lexicons/sentences_es.txt", "lexicons/spanish.txt")),
}


@pytest.mark.parametrize("language", SHIPPED)
def test_are_the_same_in_c(language: str) -> None:
    c = pytest.importorskip("Stemmer", reason="PyStemmer is not installed").Stemmer(language)
    plain, names = SHIPPED[language]
    texts = (files("textanalytics").joinpath(name).read_text() for name in names)
    words = sorted({word.lower() for text in texts for word in WORD.findall(text)})
    python = plain()
    assert len(words) > 1_500
    assert {word: c.stemWord(word) for word in words} == {word: python.stemWord(word) for word in words}
