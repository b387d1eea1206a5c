"""German praise that is none is told from praise that is."""

from __future__ import annotations

import pytest

from textanalytics.reading.reading import Reader
from textanalytics.reading.unearned import unearned

READER = Reader()

NONE = [
    "Toll, Anschluss verpasst und der nächste kommt in zwei Stunden",
    "Super Service, seit drei Tagen keine Antwort",
    "Na super, jetzt ist auch noch die Hotline ausgefallen",
    "Klasse Leistung, Internet schon wieder weg",
    "Danke auch, dass ihr mir nicht Bescheid sagt, wenn der Termin ausfällt",
    "Pünktlich wie immer, nur 40 Minuten zu spät",
    "Es lebe der Kundenservice: 50 Minuten Warteschleife, dann aufgelegt #ironie",
    "Danke für die kalte Pizza und die zwei Stunden Wartezeit",
    "Toller Kundendienst, drei Wochen auf einen Techniker gewartet, der dann nicht kam",
]
PRAISE = [
    "Super, trotz Verspätung den Zug noch bekommen, danke an das Team",
    "Toll, mein verlorenes Handy wurde gefunden und mir geschickt",
    "Klasse, die Störung war nach zehn Minuten behoben",
    "Lob an den Fahrer, der im Stau die Ruhe bewahrt hat",
    "Danke, keine Verspätung und sehr nettes Personal",
    "Ein Hoch auf den Paketboten, der bei dem Wetter noch lacht",
    "Vielen Dank für die schnelle Hilfe, mein Konto ist wieder frei",
]


@pytest.mark.parametrize("text", NONE)
def test_who_tells_of_trouble_behind_it_does_not_praise(text: str) -> None:
    readings = READER.read([text])
    assert readings.mood == ["negative"]
    assert readings.intent != ["praise"]
    assert readings.sentiment[0] < 0


@pytest.mark.parametrize(
    "text",
    [
        "Guten Morgen, mein Zug steht noch",
        "Liebe Stadtwerke, wo bleibt der Monteur",
        "Schönes Wochenende wird das ja nicht mehr",
        "Nein danke, das kaufe ich woanders",
        "Der Beitrag wurde einfach verdoppelt",
        "Man erreicht einfach niemanden",
        "Wann kommt endlich der Techniker",
        "Der Service hat stark nachgelassen",
        "Der Akku ist immer so schnell leer",
        "Ich will nur meinen Koffer zurück ;-)",
    ],
)
def test_words_that_praise_elsewhere_praise_nothing(text: str) -> None:
    assert unearned(text)


@pytest.mark.parametrize(
    "text",
    [
        "Einfach zu bedienen",
        "Einfach und schnell",
        "Liebe die neue Suche",
        "Eine gute Reise, alles hat geklappt, danke",
        "Endlich klappt die Anmeldung",
        "Schnelle Lieferung",
    ],
)
def test_and_where_they_praise_they_do(text: str) -> None:
    assert unearned(text) == ""


@pytest.mark.parametrize("text", PRAISE)
def test_who_was_helped_or_had_no_trouble_praises(text: str) -> None:
    readings = READER.read([text])
    assert readings.mood == ["positive"]
    assert readings.intent == ["praise"]


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Ein pünktlicher Zug wäre schön", "neutral"),
        ("Hallo zusammen, wo finde ich das?", "neutral"),
        ("Erst war die Karte gesperrt, aber das Team war toll", ""),
        ("Danke, alles gut 😊", ""),
    ],
)
def test_praise_has_to_be_said(text: str, instead: str) -> None:
    assert unearned(text) == instead


def test_no_other_language_is_asked() -> None:
    assert READER.read(["Thank you for the quick help, great service"]).intent == ["praise"]
