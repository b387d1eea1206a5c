"""German texts are alike by their words as much as by what the encoder makes of them; others as before."""

from __future__ import annotations

import numpy as np

from textanalytics.base import FloatArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.settling.wording import with_words

GERMAN = [
    "Seit Montag ist der Zwieback weg",
    "Wo steht bei euch der Zwieback?",
    "Ich suche überall nach Zwieback mit Butter",
    "Meine Tochter isst gerne Zwieback zum Frühstück",
    "Warum kostet euer Zwieback doppelt so viel?",
    "Die Markise hängt seit Montag schief",
    "Wo bestelle ich bei euch eine Markise?",
    "Ich suche überall nach der Anleitung für die Markise",
    "Meine Tochter spielt gerne unter der Markise",
    "Warum kostet eure Markise doppelt so viel?",
    "Seit Montag tropft der Siphon",
    "Wo finde ich bei euch einen Siphon?",
    "Ich suche überall nach einer Dichtung für den Siphon",
    "Meine Tochter hat gerne Siphon und Hahn gereinigt",
    "Warum kostet euer Siphon doppelt so viel?",
]
MATTER = np.repeat(np.arange(3), 5)


def rows(texts: list[str], language: str) -> tuple[FloatArray, FloatArray]:
    vectors = default().encode(texts)
    centred = vectors - vectors.mean(0)
    unit = np.asarray(centred / np.linalg.norm(centred, axis=1, keepdims=True), np.float32)
    corpus = read_texts(texts, np.zeros(len(texts), int), [language] * len(texts))
    return unit, with_words(unit, corpus, np.arange(len(texts)))


def nearest_of_the_same_matter(found: FloatArray) -> float:
    """Share of the messages' four nearest that are about their matter."""
    near = found @ found.T - 9 * np.eye(len(found))
    return float((MATTER[np.argsort(-near, axis=1)[:, :4]] == MATTER[:, None]).mean())


def test_who_speaks_of_one_thing_in_german_comes_nearer_than_who_says_it_in_one_way() -> None:
    before, after = rows(GERMAN, "de")
    assert nearest_of_the_same_matter(after) > nearest_of_the_same_matter(before)
    assert np.allclose(np.linalg.norm(after, axis=1), 1, atol=1e-5)


def test_other_languages_stay_as_the_encoder_has_them() -> None:
    before, after = rows([f"the lamp {what}" for what in ("flickers", "burns", "hums", "is dark")], "en")
    assert after is before


def test_texts_without_words_in_common_stay_too() -> None:
    before, after = rows(["Zwieback", "Rolltreppe", "Gezeter"], "de")
    assert after is before


def test_the_same_texts_have_the_same_bytes() -> None:
    assert rows(GERMAN, "de")[1].tobytes() == rows(GERMAN, "de")[1].tobytes()
