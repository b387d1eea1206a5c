"""What is said of a German theme is told, in whatever order its words stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tests.textanalytics.german import spoken
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.saying.titling import Title
from textanalytics.naming.telling.german_matters import only_nouns
from textanalytics.naming.telling.matters import matters

LIFT = {
    "Aufzug fällt aus": [
        "Heute fällt schon wieder der Aufzug im Rathaus aus",
        "Der Aufzug fällt jeden Montag aus",
        "Seit gestern ist der Aufzug ausgefallen und alle laufen",
        "Wenn der Aufzug ausfällt, komme ich mit dem Rollstuhl nicht hoch",
        "Warum fällt der Aufzug so oft aus?",
    ],
    "Ersatzteile": [
        "Für den Aufzug fehlen angeblich Ersatzteile",
        "Aufzug steht, weil das Ersatzteil nicht kommt",
        "Die Ersatzteile für den Aufzug kommen aus Italien, heißt es",
        "Ohne Ersatzteile bleibt der Aufzug ewig so",
    ],
    "": [
        "Im Aufzug riecht es nach Farbe",
        "Der Aufzug ist innen frisch gestrichen",
        "Wer hat im Aufzug gesungen?",
        "Mein Schlüssel liegt im Schacht vom Aufzug",
        "Der Aufzug spielt jetzt Weihnachtslieder",
    ],
}


def told(title: str = "Aufzug", more: Sequence[str] = ()) -> dict[str, int]:
    texts, themes = spoken()
    own = [*(text for some in LIFT.values() for text in some), *more]
    known = sorted(set(themes))
    labels = np.array([1 + known.index(theme) for theme in themes] + [0] * len(own))
    texts = [*texts, *own]
    corpus = read_texts(texts, labels, ["de"] * len(texts))
    vectors = default().encode(texts)
    named = {0: Title(title, (), listed=True)}
    found = matters(corpus, labels, named, vectors=vectors, encoder=default())
    return {one.said: len(one.texts) for one in found.get(0, ())}


def test_a_verb_is_one_with_the_particle_that_it_has_sent_to_the_end() -> None:
    assert told()["Aufzug fällt aus"] == len(LIFT["Aufzug fällt aus"])


def test_a_noun_is_told_with_its_forms() -> None:
    assert told()["Ersatzteile"] == len(LIFT["Ersatzteile"])


def test_what_tells_nothing_is_not_told_however_often_it_is_said() -> None:
    said = ["Im Aufzug gab es Streit", "Wegen Streit hielt der Aufzug", "Der Streit vor dem Aufzug war laut"]
    assert "Streit" not in told(more=said)
    knobs = [text.replace("Streit", "Knopf") for text in said]
    assert told(more=knobs)["Knopf"] == 3


def test_what_one_says_is_not_told() -> None:
    assert set(told()) == {"Aufzug fällt aus", "Ersatzteile"}


@pytest.mark.parametrize(
    ("title", "names"),
    [("Aufzug", True), ("Aufzug · Rathaus", True), ("Aufzug fällt aus", False)],
)
def test_what_only_names_things_needs_more(title: str, names: bool) -> None:
    assert only_nouns(Title(title, ())) is names
