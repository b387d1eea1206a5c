"""A noun that everybody uses is no matter; one of which all say the like is."""

from __future__ import annotations

import numpy as np

from tests.textanalytics.german import spoken
from textanalytics.encoders import default
from textanalytics.grammar.corpus import members_of, read_texts
from textanalytics.grammar.keywords import weigh
from textanalytics.naming.german_heaps import FEWEST, around_a_noun

PLACE = [
    "Auf dem Platz vor dem Theater spielt heute Abend eine Kapelle",
    "Für mein altes Klavier habe ich in der neuen Wohnung leider keinen Platz",
    "Der Schiedsrichter stellte drei Spieler vom Platz",
    "Meine Tochter hat einen Platz im Kindergarten bekommen",
    "Mit dieser Zeit kam sie auf den dritten Platz im Weitsprung",
    "Hund, mach Platz!",
    "Der Speicher hat keinen Platz für noch mehr Bilder",
    "Nach dem Regen war der Platz zum Grillen zu nass",
    "Such dir einen Platz im Schatten und trink etwas Wasser",
    "Wir zelten auf einem Platz bei den Dünen",
    "Im Regal ist Platz für vierzig Bücher",
    "Die Mannschaft gewinnt selten auf fremdem Platz",
    "Am Platz der Republik wird ein Brunnen gebaut",
]


def test_only_what_has_nothing_else_in_common_is_found() -> None:
    texts, themes = spoken()
    known = sorted(set(themes))
    labels = np.array([known.index(theme) for theme in themes] + [len(known)] * len(PLACE))
    texts = [*texts, *PLACE]
    assert len(PLACE) >= FEWEST
    corpus, vectors = read_texts(texts, labels, ["de"] * len(texts)), default().encode(texts)
    weights, members = weigh(corpus.words, labels), members_of(labels)
    found = around_a_noun(corpus, weights, members, vectors=vectors, encoder=default())
    assert found == {len(known)}
