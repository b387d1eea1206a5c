"""Messages of our own, in all languages that have word lists, are read as they were meant."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sklearn.metrics import f1_score

from textanalytics.base import INTENTS, MOODS
from textanalytics.lexicons import sentences
from textanalytics.reading.reading import Reader
from textanalytics.reading.signals import endangers

READER = Reader()
LEAST_RIGHT = 0.8
LEAST_HEARD, MOST_FALSE = 0.9, 0.05
"""Of what tells of danger, and of what only sounds so."""
LEAST_F1_REVIEWS = 0.7
LEAST_F1 = {"es": 0.85, "de": 0.85, "fr": 0.8, "it": 0.8, "pt": 0.8, "nl": 0.8}


def lines(name: str) -> Iterator[tuple[str, str, str]]:
    """(language, class, message)"""
    language = kind = ""
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            language, kind = line[1:-1].split(" ", 1)
        elif line and not line.startswith("# "):
            yield language, kind, line


@cache
def messages(name: str, language: str) -> tuple[list[str], list[str]]:
    found = [(kind, text) for spoken, kind, text in lines(name) if spoken == language]
    return [kind for kind, _ in found], [text for _, text in found]


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_what_they_want(language: str) -> None:
    meant, texts = messages("intents.txt", language)
    assert set(meant) == set(INTENTS)
    read = READER.read(texts).intent
    assert sum(map(str.__eq__, meant, read)) / len(meant) >= LEAST_RIGHT


@pytest.mark.parametrize("language", ["en", "de"])
def test_whether_somebody_is_in_danger(language: str) -> None:
    meant, texts = messages("dangers.txt", language)
    crises = READER.read(texts).intent
    told = [read == "crisis" and bool(endangers(text)) for read, text in zip(crises, texts, strict=True)]
    heard = [said for said, kind in zip(told, meant, strict=True) if kind == "danger"]
    false = [said for said, kind in zip(told, meant, strict=True) if kind == "calm"]
    assert len(heard) >= 30 and len(false) >= 30
    assert sum(heard) / len(heard) >= LEAST_HEARD
    assert sum(false) / len(false) <= MOST_FALSE


@pytest.mark.parametrize("language", LEAST_F1)
def test_the_mood_they_are_in(language: str) -> None:
    meant, texts = messages("moods.txt", language)
    assert set(meant) == set(MOODS)
    assert f1_score(meant, READER.read(texts).mood, average="macro") >= LEAST_F1[language]


def test_the_mood_of_reviews() -> None:
    meant, texts = messages("reviews.txt", "en")
    assert f1_score(meant, READER.read(texts).mood, average="macro") >= LEAST_F1_REVIEWS


@pytest.mark.parametrize("language", LEAST_F1)
def test_accents_left_out_and_capitals_change_little(language: str) -> None:
    """Who types in a hurry is in the same mood."""
    _, texts = messages("moods.txt", language)
    hurried = [text.translate(str.maketrans("áéíóúàèìòùâêôãõç¿¡", "aeiouaeiouaeoaoc  ")) for text in texts]
    same = sum(map(str.__eq__, READER.read(texts).mood, READER.read(hurried).mood))
    assert same / len(texts) >= 0.85


def test_none_of_them_was_learnt_by_heart() -> None:
    learnt = {sentence.text.lower().strip() for sentence in sentences()}
    ours = {
        text.lower().strip(" .!?¿¡")
        for name in ("dangers.txt", "intents.txt", "moods.txt", "reviews.txt")
        for _, _, text in lines(name)
    }
    assert not learnt & ours
