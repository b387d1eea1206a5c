"""A place is told by how people write of it; no list of places is kept."""

from __future__ import annotations

import numpy as np

from textanalytics.grammar.corpus import read_texts
from textanalytics.grammar.whereabouts import whereabouts

GERMAN = [
    "der Zug nach Rostock war voll",
    "ich fahre morgen nach Rostock zurück",
    "wir warten in Rostock seit Stunden auf den Zug",
    "warum hält in Rostock heute kein Zug",
    "meine Lampe in der Küche flackert wieder",
    "unsere Lampe flackert in der Küche",
    "die neue Lampe in der Küche ist kaputt",
    "deine Lampe brennt in der Küche nicht",
]
ENGLISH = [
    "my flight to Boston is late again",
    "we fly from Boston every week",
    "nobody helps us in Boston today",
    "the last flight to Boston left without me",
    "the lamp in my kitchen flickers",
    "a lamp in the kitchen burns",
    "our lamp still flickers at night",
    "the new lamp is broken",
]


def places(texts: list[str], language: str) -> set[str]:
    labels = np.zeros(len(texts), int)
    corpus = read_texts(texts, labels, [language] * len(texts))
    found = whereabouts(corpus.texts, corpus.words)
    return {corpus.words.names[stem] for stem in np.flatnonzero(found)}


def test_where_people_go_without_an_article_is_a_place() -> None:
    assert places(GERMAN, "de") == {"rostock"}
    assert places(ENGLISH, "en") == {"boston"}


def test_what_is_seldom_said_or_written_small_is_none() -> None:
    assert places(GERMAN[:3], "de") == set()
    assert places([text.lower() for text in GERMAN], "de") == set()


def test_no_texts_name_no_place() -> None:
    assert places([], "de") == set()


def test_a_place_is_no_matter_of_a_text() -> None:
    corpus = read_texts(GERMAN, np.zeros(len(GERMAN), int), ["de"] * len(GERMAN))
    matter = dict(zip(corpus.words.names, corpus.matter().tolist(), strict=True))
    assert matter["flackert"] and not matter["rostock"]
