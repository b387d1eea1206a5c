"""Made-up customers' sentences with a known matter, as many as a test wants."""

from __future__ import annotations

import numpy as np

OPENINGS = (
    "",
    "Hello, ",
    "Honestly, ",
    "For the third time: ",
    "Can somebody help, ",
    "Again ",
    "I must say ",
)
ENDINGS = (
    "",
    " since Monday",
    ", please help",
    " and nobody answers",
    " every day",
    " after the update",
    "!",
)
MATTERS = {
    "parcel": (
        "my parcel never arrived",
        "the package is still missing",
        "where is my delivery",
        "parcel got lost",
    ),
    "double": (
        "I was charged twice",
        "you took the money two times",
        "double charge on my card",
        "billed twice",
    ),
    "crash": ("the app crashes on start", "app keeps crashing", "your app closes itself", "the app freezes"),
    "hold": ("an hour on hold on the phone", "the hotline keeps me waiting", "nobody picks up the phone"),
    "login": (
        "I cannot log in",
        "the password reset mail does not come",
        "my login is refused",
        "locked out",
    ),
    "refund": ("my refund has not come", "when do I get my money back", "still no refund for the return"),
    "screws": ("screws were missing in the box", "the chair came without screws", "no screws for the shelf"),
    "coffee": ("the coffee was cold", "cold coffee at breakfast", "they served cold coffee"),
    "train": ("the train was late", "train delayed by an hour", "the train is never on time"),
    "wifi": (
        "the wifi does not work",
        "no wifi on board",
        "wireless internet is down",
        "wifi keeps dropping",
    ),
    "dark": ("please add a dark mode", "a dark theme would be nice", "I want dark mode"),
    "staff": ("the staff was rude to me", "your employee was very unfriendly", "rude people at the counter"),
    "seat": ("my seat was broken", "the seat does not recline", "seat too narrow for an adult"),
    "price": ("the price went up again", "far too expensive now", "your prices are too high"),
    "invoice": (
        "the invoice shows the wrong address",
        "please correct my invoice",
        "wrong name on the invoice",
    ),
    "size": ("the shirt is too small", "wrong size of shirt", "the shirt does not fit"),
}


def speak(count: int, *, seed: int = 0) -> tuple[list[str], list[str]]:
    """`count` sentences and the matter of each."""
    chance = np.random.default_rng(seed)
    names = list(MATTERS)
    texts, matters = [], []
    for _ in range(count):
        matter = names[chance.integers(len(names))]
        core = MATTERS[matter][chance.integers(len(MATTERS[matter]))]
        opening, ending = (words[chance.integers(len(words))] for words in (OPENINGS, ENDINGS))
        other = f" (order {chance.integers(10, 99)})" if chance.random() < 0.3 else ""
        texts.append(f"{opening}{core}{ending}{other}")
        matters.append(matter)
    return texts, matters
