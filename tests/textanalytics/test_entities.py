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
        ("15 quid for delivery", "amount", "GBP 15.00"),
        ("20 bucks for a lid", "amount", "USD 20.00"),
        ("1 200 € en total", "amount", "EUR 1200.00"),
        ("it went up to £5/month", "amount", "GBP 5.00"),
        ("me cobraron 25,50 euros", "amount", "EUR 25.50"),
        ("bought on 3/4", "date", "3/4"),
        ("el 5 de mayo llamé", "date", "--05-05"),
        ("flight LH 2030 was cancelled", "number", "LH2030"),
        ("my flight 136 was late", "number", "136"),
        ("Flug EW9876 fiel aus", "number", "EW9876"),
        ("the train ICE 579 stood still", "number", "ICE579"),
        ("booking ref X7K2PQ", "number", "X7K2PQ"),
        ("my Conf# is FVF9YW", "number", "FVF9YW"),
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
        "24/7 support",
        "1/2 of the box was empty",
        "my flight 2/27 to Boston",
        "ICE 5.5 and 20% off",
        "line 3 for 45 minutes",
        "",
    ],
)
def test_what_only_looks_like_one_is_left(text: str) -> None:
    assert list(shapes(text)) == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("call me on +49 381 1234567", "phone", "•• 567"),
        ("my number is 020 7946 0958", "phone", "•• 958"),
        ("Rückruf unter 0381/1234567 bitte", "phone", "•• 567"),
        ("call 0381 123456 today", "phone", "•• 456"),
        ("my phone (555) 123-4567", "phone", "•• 567"),
        ("mi teléfono es 612 345 678", "phone", "•• 678"),
        ("refund to DE89 3704 0044 0532 0130 00", "bank", "DE •• 3000"),
        ("IBAN: GB29NWBK60161331926819", "bank", "GB •• 6819"),
        ("IBAN DE89 3704 0044 0532 0130 00 BITTE", "bank", "DE •• 3000"),
        ("card 4111 1111 1111 1111 was declined", "bank", "•• 1111"),
    ],
)
def test_telephones_and_accounts_are_told_and_masked(text: str, kind: str, value: str) -> None:
    (found,) = EntityFinder().find([text])
    assert [(one.kind, one.value) for one in found] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "DE89 3704 0044 0532 0130 01 has a slip in it",
        "4111 1111 1111 1112 is no card",
        "it says 1234567 views",
        "page 10-20 of 2026-03-12",
        "since 03/18/2020 it hangs",
        "version 8.5.50.916 and 1.0.2.3.4.5",
        "https://shop.example/0381/1234567",
    ],
)
def test_other_digits_are_neither(text: str) -> None:
    (found,) = EntityFinder().find([text])
    assert not {"phone", "bank"} & {one.kind for one in found}


def test_the_number_of_an_order_is_no_telephone() -> None:
    (found,) = EntityFinder().find(["order number 0381123456 is late"])
    assert [(one.kind, one.value) for one in found] == [("number", "0381123456")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("it arrives Next Tuesday", "next tuesday"),
        ("am letzten Freitag war niemand da", "letzten freitag"),
        ("nächsten Mittwoch", "nächsten mittwoch"),
        ("el martes pasado no vino nadie", "el martes pasado"),
    ],
)
def test_a_day_of_the_week_stays_as_it_is_written(text: str, value: str) -> None:
    (found,) = EntityFinder().find([text])
    assert [(one.kind, one.value) for one in found] == [("date", value)]


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
    assert EntityFinder().version == "4-rules"


def test_a_run_of_thousands_of_digits_is_no_amount() -> None:
    for text in ("7" * 5_000 + " €", "€ " + "7" * 5_000):
        assert [kind for kind, _, _ in shapes(text) if kind == "amount"] == []
