"""Names, amounts, dates and numbers in what people write."""

from __future__ import annotations

import pytest

from textanalytics.entities import EntityFinder
from textanalytics.mentions.gazetteer import LEAST, OF_ONE_FIELD, Gazetteer, Name, choose, is_name
from textanalytics.mentions.shapes import shapes

AROMA, ROSTOCK, TRAY = Name("product", "Aroma One"), Name("site", "Rostock"), Name("product", "Drip-Tray")
LONG = Name("product", "Aroma One Plus")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("I paid $1,000 for it", "amount", "USD 1000.00"),
        ("über 1.234,50 EUR", "amount", "EUR 1234.50"),
        ("EUR 1'234.5 refund", "amount", "EUR 1234.50"),
        ("it was £5, really", "amount", "GBP 5.00"),
        ("we lost $36k to this", "amount", "USD 36000.00"),
        ("25 Franken zu viel", "amount", "CHF 25.00"),
        ("on 2026-03-12 at noon", "date", "2026-03-12"),
        ("vom 12.03.2026 an", "date", "2026-03-12"),
        ("am 3.4. bestellt", "date", "--04-03"),
        ("12th of May 2025", "date", "2025-05-12"),
        ("seit dem 1. April", "date", "--04-01"),
        ("el 3 de marzo de 2026", "date", "2026-03-03"),
        ("due 4/9/14, I need", "date", "4/9/14"),
        ("order A-20177 is late", "number", "A-20177"),
        ("My order number is 10043", "number", "10043"),
        ("Rechnungsnummer: 2024-00123", "number", "2024-00123"),
        ("see #998712 please", "number", "998712"),
        ("ref AB12345", "number", "AB12345"),
        ("they took USD49 twice", "amount", "USD 49.00"),
        ("and ₹2,500 more", "amount", "INR 2500.00"),
        ("100k dollars gone", "amount", "USD 100000.00"),
        ("a loss of 1.5 million EUR", "amount", "EUR 1500000.00"),
        ("pedido nº 55432", "number", "55432"),
        ("Rechnung Nr. 2026/117", "number", "2026/117"),
    ],
)
def test_a_shape_is_found_in_one_spelling(text: str, kind: str, value: str) -> None:
    assert [(k, v) for k, v, _ in shapes(text)] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "I have 3 tickets and 2500 points",
        "version 8.5.50.916 crashes",
        "may 3 people come?",
        "page=1 may be able",
        "order 12 pizzas",
        "#2018 was a bad year",
        "call 0381 123456 today",
        "on 45.13.2026 or 32 March",
        "31/31/2026",
        "",
    ],
)
def test_what_only_looks_like_one_is_left(text: str) -> None:
    assert list(shapes(text)) == []


def test_a_name_is_found_in_a_tag_that_leaves_its_blanks_out() -> None:
    found = Gazetteer([AROMA, TRAY]).find("#AromaOne leaks, so does every #driptray")
    assert [name for name, _ in found] == [AROMA, TRAY]


def test_evidence_is_where_it_stands() -> None:
    text = "Order A-20177 of March 3: the aroma ones cost 49,90 €"
    (found,) = EntityFinder([AROMA]).find([text])
    assert [text[slice(*one.span)] for one in found] == ["A-20177", "March 3", "aroma ones", "49,90 €"]
    assert [one.field for one in found] == ["", "", "product", ""]


def test_names_are_found_in_any_case_and_number_and_the_longer_first() -> None:
    gazetteer = Gazetteer([AROMA, ROSTOCK, TRAY, LONG])
    text = "Rostock's AROMA ONE plus, two drip trays; rostocker, aroma. One"
    assert [name.value for name, _ in gazetteer.find(text)] == [
        "Rostock",
        "Aroma One Plus",
        "Drip-Tray",
        "Rostock",
    ]


def test_a_part_of_a_word_is_no_name() -> None:
    assert Gazetteer([Name("site", "Rom")]).find("From Rome to Romania, prom") == [
        (Name("site", "Rom"), (5, 9))
    ]


def test_numbers_of_a_name_take_no_ending_and_no_shape_is_found_in_a_name() -> None:
    (found,) = EntityFinder([Name("product", "Order 20177")]).find(["Order 20177 and Order 201779"])
    assert [(one.kind, one.value) for one in found] == [("name", "Order 20177"), ("number", "201779")]


@pytest.mark.parametrize("value", ["Aroma One", "Rostock", "New York", "Premium Plus", "Hamburg"])
def test_a_telling_value_is_a_name(value: str) -> None:
    assert is_name(value)


@pytest.mark.parametrize(
    "value",
    ["yes", "card", "Karte", "no", "7", "of the", "a@b.example", "+49 381 123456", "x" * 61, "", "true"],
)
def test_everyday_words_addresses_and_numbers_are_none(value: str) -> None:
    assert not is_name(value)


def test_enough_people_must_have_it_and_one_spelling_stands_for_all() -> None:
    records = {AROMA: 2, Name("product", "aroma one"): 1, ROSTOCK: LEAST - 1, Name("plan", "Aroma One"): 1}
    assert choose(records) == [AROMA]


def test_a_field_gives_no_more_than_its_share() -> None:
    records = {Name("site", f"Zorb{i:04}a"): LEAST for i in range(OF_ONE_FIELD + 50)}
    assert len(choose(records)) == OF_ONE_FIELD


def test_the_version_stands_for_the_names_in_any_order() -> None:
    assert EntityFinder([AROMA, TRAY]).version == EntityFinder([TRAY, AROMA]).version
    assert EntityFinder([AROMA]).version != EntityFinder([AROMA, TRAY]).version
    assert EntityFinder().version == "3-rules"
