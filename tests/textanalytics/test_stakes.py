"""What is at stake is told by words that anybody can read."""

from __future__ import annotations

import pytest

from textanalytics.stakes import at_stake, stakes


@pytest.mark.parametrize(
    "text",
    [
        "Somebody stole my purse on the tram",
        "My account was hacked last night",
        "I think someone has been using my card",
        "There is a transfer on my statement that I didn’t make",
        "I do not recognise one of the charges",
        "two withdrawals that were not made by me",
        "A suspicious payment to a shop in another country",
        "They booked it without my consent",
        "Mein Rad wurde im Zug gestohlen",
        "Da wurde Geld abgebucht, das ich nicht autorisiert habe, das ist Betrug",
    ],
)
def test_theft_and_fraud_are_heard(text: str) -> None:
    assert at_stake([text], "fraud").tolist() == [True]


@pytest.mark.parametrize(
    "text",
    [
        "My card expires next month",
        "Someone made an error in my order",
        "I did not get the refund for the payment",
        "A strange fee when I used the machine",
        "Ich habe meine Karte verloren",
        "someone got on the bus without a ticket",
    ],
)
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    assert at_stake([text], "fraud").tolist() == [False]


def test_shares_of_all_stakes_at_once() -> None:
    texts = ["I was charged twice", "a scam", "the cable caught fire", "nice weather"]
    assert stakes(texts) == {"safety": 0.25, "money": 0.25, "fraud": 0.25}
    assert stakes([]) == {"safety": 0.0, "money": 0.0, "fraud": 0.0}


def test_a_game_is_no_theft() -> None:
    assert at_stake(["Grand Theft Auto Online won't start", "a theft at your store"], "fraud").tolist() == [
        False,
        True,
    ]
