"""A theme that has no matter but its language is called by it."""

from __future__ import annotations

import numpy as np

from textanalytics.grammar.corpus import members_of, read_texts
from textanalytics.naming.choosing.foreign import in_their_language
from textanalytics.naming.saying.titling import Title

ENGLISH = ["my video does not load any more", "the refund has not arrived yet"] * 10
FRENCH = [
    "je ne peux plus regarder de vidéos",
    "la mise à jour ne marche pas du tout",
    "j'ai perdu mon compte",
    "great app",
]


def called(titles: dict[int, Title]) -> list[str]:
    labels = np.array([0] * 20 + [1] * 4 + [2] * 4)
    texts = ENGLISH + FRENCH + FRENCH
    corpus = read_texts(texts, labels, ["en"] * 20 + ["fr", "fr", "fr", "en"] * 2)
    found = in_their_language(titles, corpus, members_of(labels))
    return [found[label].title for label in range(3)]


def test_a_list_of_words_in_another_language_than_most_is_called_by_the_language_once() -> None:
    listed = Title("Jour · mise", (), listed=True)
    assert called({0: Title("Video", (), listed=True), 1: listed, 2: listed}) == [
        "Video",
        "Messages in French",
        "Jour · mise",
    ]


def test_a_phrase_and_what_is_mixed_stay() -> None:
    phrase, mixed = Title("Mise à jour", ()), Title("Jour", (), listed=True, mixed=True)
    assert called({0: Title("Video", ()), 1: phrase, 2: mixed}) == ["Video", "Mise à jour", "Jour"]
