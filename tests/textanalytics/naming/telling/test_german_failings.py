"""In German what is wrong, what was done and how something is are matters, and things are subjects."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.grammar.corpus import Corpus, read_texts
from textanalytics.naming.telling.subjects import Subjects

TEXTS = (
    "die Fähre hat heute wieder eine Verspätung",
    "am Schloss hängt ein Schild: wegen einer Schlossstörung geht das Tor nicht auf, eine Störung nach der anderen, die Störung nervt und jede Störung dauert",
    "wann kommt meine Erstattung, es wurde nichts erstattet",
    "mit der Erstattung dauert es sehr lange",
    "von Sauberkeit kann in der Kabine keine Rede sein, sauber war hier nichts",
    "die Sauberkeit in der Kabine ist mir wichtig",
    "der Fahrplan hängt am Steg, und im Netz steht ein Fahrplan",
    "mein Geld liegt auf dem Konto, ohne Geld keine Fähre",
    "ich suche eine Verbindung zur Insel und zurück",
    "die Verbindung zur Insel am Abend",
    "noch eine Verbindung zur Insel bitte",
    "gibt es eine Verbindung zur Insel am Morgen",
    "welche Verbindung zur Insel nehme ich",
    "eine schnelle Verbindung zur Insel",
    "die Insel und das Festland verbinden, das wäre eine Verbindung",
    "die Karte liegt im Koffer, der Koffer steht am Steg",
)


def corpus(language: str = "de") -> Corpus:
    return read_texts(TEXTS, np.zeros(len(TEXTS), np.int64), [language] * len(TEXTS))


def subject(title: str, language: str = "de") -> bool:
    read = corpus(language)
    about = [i for i, text in enumerate(TEXTS) if title.split(" · ")[0] in text] or [0]
    return Subjects(read).is_subject(title, np.array(about))


@pytest.mark.parametrize("title", ["Fahrplan", "Geld", "Karte · Koffer", "Karte · liegen", "Verbindung"])
def test_things_are_subjects(title: str) -> None:
    assert subject(title)


@pytest.mark.parametrize(
    "title",
    ["Verspätung", "Fahrplan · Verspätung", "Schlossstörung", "Erstattung", "Sauberkeit", "Karte · gesperrt"],
)
def test_what_is_wrong_or_done_and_how_it_is_are_matters(title: str) -> None:
    assert not subject(title)


def test_a_sentence_is_none() -> None:
    assert not subject("Karte liegt im Koffer")


def test_elsewhere_a_word_is_a_subject_whatever_it_says() -> None:
    assert subject("Verspätung", "en")
