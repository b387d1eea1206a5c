"""What is at stake is told by words that anybody can read."""

from __future__ import annotations

import pytest

from textanalytics.stakes import at_stake, stakes, taken, telling

ROBBED = [
    "Somebody stole my purse on the tram",
    "My account was hacked last night",
    "I think someone has been using my card",
    "There is a transfer on my statement that I didn’t make",
    "I do not recognise one of the charges",
    "two withdrawals that were not made by me",
    "A suspicious payment to a shop in another country",
    "They booked it without my consent",
    "My daughter's bike was nicked from your rack",
    "My luggage was broken into and the camera is gone",
    "A stranger is reading my emails",
    "somebody else is ordering food on my account",
    "Someone emptied my savings overnight",
    "Somebody in Brazil keeps trying to log in to my profile",
    "The seller sent me a fake",
    "I got a text that asks for my PIN",
    "What is this purchase, I do not recognise it",
    "My card is being used by someone else",
    "I never did that! I didnt make this transfer",
    "My account was hacked and nobody answers",
    "I get calls that pretend to be from you",
    "Unbekannte haben mein Passwort geändert",
    "Is this mail from you a scam?",
    "My phone may have been stolen",
    "Mein Rad wurde im Zug gestohlen",
    "Da wurde Geld abgebucht, das ich nicht autorisiert habe, das ist Betrug",
    "Mein Konto wurde leergeräumt",
    "Mir wurde im Zug der Rucksack geklaut",
    "Jemand hat sich in mein Konto eingeloggt",
    "Auf meiner Abrechnung sind Buchungen, die ich nicht kenne",
    "Der Händler hat mir gefälschte Schuhe geschickt",
    "Man hat mich um 300 Euro betrogen",
    "In meinem Hotelzimmer wurde eingebrochen",
    "Jemand bestellt mit meinem Namen Ware",
    "Ich habe eine Mail bekommen, die angeblich von Ihnen ist und nach meiner PIN fragt",
]
NOT_ROBBED = [
    "My card expires next month",
    "Someone made an error in my order",
    "I did not get the refund for the payment",
    "A strange fee when I used the machine",
    "Your prices are daylight robbery",
    "this airline is a total scam",
    "The website is down again. This is a scam",
    "Your fees are theft",
    "You are no better than thieves",
    "My payment was stopped by your fraud team again",
    "A false fraud alert held up my booking",
    "My card was flagged for suspicious activity in the shop",
    "How do I keep my card from being stolen?",
    "What do you charge if my card is lost or stolen?",
    "I have never been hacked",
    "I cannot recall the order number",
    "Your queue robbed me of an hour",
    "Kann ich die Karte sperren, falls sie gestohlen wird?",
    "A woman stole my seat by the window",
    "I stole the recipe from you",
    "What do I get in the stolen boat mission",
    "Someone took my order and was lovely",
    "someone got on the bus without a ticket",
    "I don't know why my transfer was declined",
    "I sent money to an account that was not mine",
    "Ich habe meine Karte verloren",
    "Der Abstand betrug zwei Meter",
    "Mir wurde die Zeit gestohlen",
    "Was kostet eine Versicherung gegen Diebstahl?",
    "Jemand hat meine Karte gefunden",
    "Herr Hacker war sehr nett am Telefon",
]
"""Abuse, alarms, figures of speech, games, what may be, and what has nothing to do with it."""


@pytest.mark.parametrize("text", ROBBED)
def test_theft_and_fraud_are_heard(text: str) -> None:
    assert at_stake([text], "fraud").tolist() == [True]


@pytest.mark.parametrize("text", NOT_ROBBED)
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    assert at_stake([text], "fraud").tolist() == [False]


def test_shares_of_all_stakes_at_once() -> None:
    texts = ["I was charged twice", "I was scammed", "the cable caught fire", "nice weather"]
    assert stakes(texts) == {"safety": 0.25, "money": 0.25, "fraud": 0.25}
    assert stakes([]) == {"safety": 0.0, "money": 0.0, "fraud": 0.0}


def test_a_game_is_no_theft() -> None:
    assert at_stake(["Grand Theft Auto Online won't start", "a theft at your store"], "fraud").tolist() == [
        False,
        True,
    ]


def test_a_figure_of_speech_hides_no_theft_beside_it() -> None:
    text = "No better than thieves, and then my bag was stolen from the hall"
    words = telling(text, "fraud")
    assert words and text[slice(*words)] == "stolen"


def test_a_long_report_in_which_nobody_speaks_tells_of_others() -> None:
    report = "The police warn of a gang at the station. " * 6
    assert not at_stake([report + "Two bags were stolen."], "fraud")[0]
    assert at_stake([report + "My bag was stolen."], "fraud")[0]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Somebody stole my purse on the tram, I have no card now", "bag"),
        ("My card was stolen together with the wallet", "card"),
        ("my profile was hacked", "account"),
        ("There is a withdrawal I did not make", "payment"),
        ("The package was stolen from my porch", "parcel"),
        ("Mein Fahrrad wurde gestohlen", "bicycle"),
        ("I was robbed at your counter", ""),
        ("My card expires", ""),
    ],
)
def test_what_was_stolen_is_the_thing_that_is_named_nearest(text: str, thing: str) -> None:
    assert taken(text) == thing
