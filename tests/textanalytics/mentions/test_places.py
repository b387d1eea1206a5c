"""Places in what people write: by how they are written, not by a list."""

from __future__ import annotations

import time

import pytest

from textanalytics.entities import EntityFinder
from textanalytics.mentions.gazetteer import Name
from textanalytics.mentions.places import LONGEST, places


def found(text: str) -> list[str]:
    return [value for value, _ in places(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I live at 221 Baker Street now", ["221 Baker Street"]),
        ("Write to 10 High St. please", ["10 High St"]),
        ("Es steht in der Lange Straße 12, 18055 Rostock", ["Lange Straße 12", "18055 Rostock"]),
        ("an die Hauptstr. 5a geliefert", ["Hauptstr. 5a"]),
        ("Goetheplatz 4 in Weimar", ["Goetheplatz 4", "Weimar"]),
        ("a la Calle Mayor 12, 28013 Madrid", ["Calle Mayor 12", "28013 Madrid"]),
        ("sent to Springfield, IL 62704", ["Springfield, IL 62704"]),
        ("my postcode is SW1A 1AA", ["SW1A 1AA"]),
        ("nach CH-8001 Zürich", ["CH-8001 Zürich"]),
        ("Köln Hbf ist zu", ["Köln Hbf"]),
        ("am Bahnhof Altona gewartet", ["Bahnhof Altona"]),
        ("lost at Denver International Airport", ["Denver International Airport"]),
        ("el aeropuerto de Barajas", ["aeropuerto de Barajas"]),
        ("my flight LAX to JFK", ["LAX", "JFK"]),
        ("from Boston to New York it took a day", ["Boston", "New York"]),
        ("der Zug von Hamburg nach Berlin", ["Hamburg", "Berlin"]),
        ("it is still in Hamburg", ["Hamburg"]),
        ("Das Paket liegt in Frankfurt am Main herum", ["Frankfurt am Main"]),
        ("estoy en Sevilla", ["Sevilla"]),
        ("In Hamburg fällt alles aus", ["Hamburg"]),
    ],
)
def test_a_place_is_found_as_it_is_written(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "in Ordnung, in Kürze, in Bearbeitung und nach Absprache",
        "nach Hause, nach Lieferung, aus Versehen",
        "in March, in English, in time",
        "The airport was closed and this station too",
        "from PDF to CSV",
        "I paid 20177 and got nothing",
        "it is in hamburg",
        "STUCK IN THE APP",
        "from Amazon to me",
        "my order 20177 is late",
        "",
    ],
)
def test_what_only_looks_like_one_is_left(text: str) -> None:
    assert found(text) == []


def test_what_the_organisation_calls_by_a_name_is_that_name() -> None:
    finder = EntityFinder([Name("site", "Rostock")])
    (one,) = finder.find(["Order 20177 Hamburg is in Rostock, not in Weimar"])
    assert [(e.kind, e.value) for e in one] == [("number", "20177"), ("name", "Rostock"), ("place", "Weimar")]


def test_it_stands_where_it_says() -> None:
    text = "From 221 Baker Street to  18055  Rostock"
    for value, (start, end) in places(text):
        assert " ".join(text[start:end].split()) == value
        assert end - start <= LONGEST


def test_nothing_grows_with_the_square_of_the_length() -> None:
    for text in ("Aa Bb 1 in ", "1" * 40 + " A", "in Aa-Bb am Cc ", "Aastraße 1 St "):
        began = time.process_time()
        found(text * 400)
        assert time.process_time() - began < 1, text
