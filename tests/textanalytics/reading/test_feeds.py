"""What no customer wrote is told by its shape; whoever speaks is never taken for a feed."""

from __future__ import annotations

import pytest

from textanalytics.reading.feeds import LEAST_MARKS, is_notice, is_offer, is_reported, offering, opening
from textanalytics.reading.reading import Reader


@pytest.mark.parametrize(
    "text",
    [
        "Helle Wohnung, 2 Zimmer, 54 m², Balkon, Kaltmiete 610 EUR",
        "Two bedrooms, furnished, 60 sqm, $900 per month",
        "Verkaufe Fahrrad, Abholung in Ulm, 80 € VB",
        "Three nights by the sea from €99 https://trips.example/1",
        "Norway at last: flights to Bergen schon ab 89€, and you can choose your seat",
    ],
)
def test_offers(text: str) -> None:
    assert is_offer(text)
    assert Reader().read([text]).reason == ["advertisement"]


@pytest.mark.parametrize(
    "text",
    [
        "Why do I pay 70 € for a parcel?",
        "The room had no balcony and I paid $90 for it",
        "You promised delivery from £4 and charged me £9 https://pictures.example/1",
        "Der Balkon ist kaputt und niemand kommt",
        "A fine soup for only $5.50.",
        "The taxi is only 9€ from here",
        "Wir bekamen den Flug schon für 80€",
    ],
)
def test_who_asks_or_complains_offers_nothing(text: str) -> None:
    assert not is_offer(text)


@pytest.mark.parametrize(
    "text",
    [
        "Helle Wohnung, 2 Zİmmer, 54 qm, BALKON",
        "for ſale: two bedrooms,\nfurnished, $900 per month",
        "Nachmieter gesucht, 60 M², 500 EUR",
        "only 5€ a night",
        "VHB 80, Abholung, Festpreis",
    ],
)
def test_every_offer_has_a_word_that_makes_one_look(text: str) -> None:
    assert is_offer(text)
    assert offering(text.split(" ")).sum() >= LEAST_MARKS
    assert offering([]).tolist() == []
    assert offering(["delete", "sale!", "pa", "vhb", "outlet", "50€"]).tolist() == [0, 1, 0, 1, 0, 2]


def test_headlines_and_articles_are_reported() -> None:
    assert is_reported("Bridge to be closed until May https://news.example/1")
    assert is_reported("Town hall (dpa) - Works on the bridge begin on Monday")
    assert is_reported("The harbour was built in the old days and has three piers. " * 8)


def test_who_speaks_or_asks_does_not_report() -> None:
    assert not is_reported("My parcel is lost https://pictures.example/1")
    assert not is_reported("Why is the bridge closed? https://pictures.example/1")
    assert not is_reported("@town bridge closed again https://pictures.example/1")
    assert not is_reported("I waited at the harbour and nobody told us anything at all. " * 8)
    assert not is_reported("late again https://pictures.example/1")


def test_times_in_a_row_are_a_notice_unless_somebody_speaks() -> None:
    assert is_notice("Line 7, stop closed, 08.04.2016, 13:30 to 17:00")
    assert not is_notice("I have been waiting from 13:30 to 17:00")
    assert not is_notice("Paid 13.30 € twice")


def test_copies_are_known_by_their_opening() -> None:
    one, two = "RT @a: Gardens of the world unite today", "Gardens of the world unite, says b"
    assert opening("Gardens of the world") == ()
    assert opening(two) == opening("Gardens of the world unite and sing")
    assert opening(one)
    assert opening("We open our garden for everybody") == ()


def test_what_nobody_wants_to_read_is_an_offer() -> None:
    assert is_offer("Real thing Porno Video Clips hier klicken")
    assert not is_offer("In meinem Abteil schaut einer Pornos, unternehmt etwas")


def test_day_and_minute_head_a_german_article() -> None:
    assert is_reported(
        "Zweiter Platz für den Vierer | Rudern 31. Oktober 2015, 07:52 Uhr Das Boot kam knapp danach an"
    )
    assert not is_reported("Mein Zug am 31. Oktober 2015, 07:52 Uhr kam nie")
