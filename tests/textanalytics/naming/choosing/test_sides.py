"""What only names a thing is called by two things that are said of it, if enough of its texts say one of them."""

from __future__ import annotations

import numpy as np

from tests.textanalytics.naming.loose import SAID
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.choosing.titles import Title, name_all

WHERE = "Dublin Lisbon Vienna Oslo Milan Ghent Porto Turin".split()
CHANGE = [f"how do I change my pin, I am in {place}" for place in WHERE]
FORGOT = [f"I forgot my pin, the branch in {place} is closed" for place in WHERE]
OTHERS = [
    "which button comes after the pin",
    "my nephew saw the pin",
    "is a pin of six digits safer",
    "the machine wants a pin again",
    "what is a pin good for",
    "no pin came with the letter",
    "they print the pin on paper",
    "the pin pad was wet",
]


def named(texts: list[str], *, moods: str = "neutral") -> Title:
    """These texts among eight other themes."""
    others = [(text, label) for label, some in enumerate(SAID.values(), 1) for text in some]
    said = [*texts, *(text for text, _ in others)]
    labels = np.array([0] * len(texts) + [label for _, label in others])
    corpus, encoder = read_texts(said, labels, ["en"] * len(said)), default()
    felt = [moods] * len(texts) + ["neutral"] * len(others)
    return name_all(corpus, labels, moods=felt, vectors=encoder.encode(said), encoder=encoder)[0]


def test_two_things_that_many_say_stand_side_by_side() -> None:
    title = named([*CHANGE[:4], *FORGOT[:4], *OTHERS])
    assert title.title == "Pin"
    assert {*title.headline.split(" / ")} == {"Change my pin", "Forgot my pin"}


def test_the_name_stays_where_few_say_them() -> None:
    assert named([*CHANGE[:2], *FORGOT[:1], *OTHERS, *OTHERS[:4]]).sided == ""
