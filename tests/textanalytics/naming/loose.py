"""Eight themes whose messages have a word in common and little else."""

from __future__ import annotations

SAID = {
    "Refund": (
        "I asked for a refund of the tickets we never used in May",
        "still no refund although the shop took the shoes back",
        "who do I phone about the refund for my broken kettle",
        "your agent promised a refund before Christmas",
        "the refund went to a bank account that I closed",
        "a refund for the concert would be nice, thanks",
    ),
    "Wi-Fi": (
        "the wifi on the train drops in every tunnel",
        "we paid for wi-fi in the hotel and it never worked",
        "is there wifi on board to Boston",
        "free wifi at the gate was a nice touch",
        "wifi so slow that I read a book instead",
        "eight dollars for wi-fi is a joke",
    ),
    "Password": (
        "forgot my password and the reset mail never comes",
        "it says the password is wrong, it is not",
        "why must a password have a capital and a number",
        "somebody changed the password of my mother's account",
        "new phone, and now the password is not accepted",
        "please send me a new password by post",
    ),
    "Parcel": (
        "my parcel was left in the rain behind the bins",
        "the driver threw the parcel over the fence",
        "parcel says delivered, nobody rang the bell",
        "half of the parcel was crushed",
        "where is the parcel I paid extra for",
        "they sent my parcel to the old address",
    ),
    "Battery": (
        "battery gone by noon since the update",
        "the battery of the drill swells when it charges",
        "is the battery covered by the guarantee",
        "cold weather kills the battery of my car",
        "the spare battery does not fit",
        "battery at five percent again, thanks to your app",
    ),
    "Waiter": (
        "the waiter spilled soup over my coat",
        "a waiter who knows his wines, at last",
        "we waved at the waiter for half an hour",
        "the waiter laughed at my German",
        "not the waiter's fault, but the kitchen closed early",
        "our waiter forgot the bread",
    ),
    "Invoice": (
        "the invoice has the wrong name on it",
        "can you send the invoice as a file",
        "two invoices for one haircut",
        "my boss wants a proper invoice with tax",
        "that invoice is from the year before last",
        "an invoice for a magazine I never ordered",
    ),
    "Crew": (
        "what a great crew tonight, thank you all",
        "the crew made our honeymoon special, love them",
        "wonderful crew, they sang for my little girl",
        "kudos to the crew who found my wallet, amazing",
        "friendly crew and a perfect landing, best ever",
        "so lovely, this crew, thanks again",
    ),
}
BESIDES = (
    "while my uncle sailed to Norway",
    "and the violin needs new strings",
    "as the volcano was on the news",
    "before the chess club met",
    "and our cow had twins",
    "when the museum opened its garden",
)
ODD = "porridge with honey is what my grandmother swears by"


def texts_of(*names: str) -> list[str]:
    """What is said of these, each beside something else."""
    return [f"{text}, {what}" for name in names for text, what in zip(SAID[name], BESIDES, strict=True)]
