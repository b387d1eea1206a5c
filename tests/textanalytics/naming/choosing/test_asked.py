"""A theme of which most ask one thing is called by the question."""

from __future__ import annotations

import numpy as np

from tests.textanalytics.naming.loose import SAID
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.choosing.titles import name_all

SHOPS = "bakery butcher florist cinema garage library barber market".split()
ASKED = [
    *(f"how much have I spent at the {shop}" for shop in SHOPS),
    *(f"how much have I spent recently on the {shop}" for shop in SHOPS[:4]),
]
TOLD = [
    *(f"I recently spent a lot at the {shop}" for shop in SHOPS),
    *(f"show me what was recently spent in the {shop}" for shop in SHOPS),
]


def title(texts: list[str], language: str = "en") -> str:
    """Of these texts among eight other themes."""
    others = [(text, label) for label, some in enumerate(SAID.values(), 1) for text in some]
    said = [*texts, *(text for text, _ in others)]
    labels = np.array([0] * len(texts) + [label for _, label in others])
    corpus, encoder = read_texts(said, labels, [language] * len(said)), default()
    return name_all(corpus, labels, vectors=encoder.encode(said), encoder=encoder)[0].title


def test_what_a_third_ask_is_the_title() -> None:
    assert title([*ASKED, *TOLD[:8]]) == "How much have I spent?"


def test_what_few_ask_is_not() -> None:
    assert "?" not in title([*ASKED[:3], *TOLD])


def test_who_asks_why_complains() -> None:
    why = [f"why is the screen of my {shop} phone black" for shop in SHOPS * 2]
    assert not title(why).startswith("Why")


def test_a_question_that_leaves_out_what_the_title_names_does_not_take_its_place() -> None:
    moved = [f"when was the piano moved to the {shop}" for shop in SHOPS]
    asked = [f"the piano in the {shop}, when was it tuned" for shop in SHOPS]
    assert "piano" in title([*moved, *asked]).lower()
