"""Who speaks alone is called by a sentence of their own."""

from __future__ import annotations

import numpy as np

from pivotpoint.insights.ladder.voices import in_a_sentence
from textanalytics.naming.choosing.titles import Title

TEXTS = [
    "@acme Thanks! My oven never came.",
    "@acme My oven never came",
    "refund please, where is my refund",
    "my refund is late",
    "write to bo@acme",
    "😡",
    f"I have waited for my oven since the third of May now and {'still ' * 8}nobody rang, so here is my PIN: 4711 helps you perhaps",
]  # fmt: skip
LABELS = np.array([0, 1, 2, 2, 3, 4, 5])


def titled(**titles: str) -> dict[int, str]:
    given = {0: "Oven", 1: "Came", 2: "Refund", 3: "Write to Bo", 4: "No words", 5: "Helps you"} | {
        int(label.removeprefix("of")): title for label, title in titles.items()
    }
    found = in_a_sentence(
        {label: Title(title, ("word",), troubled="Trouble", blamed=True) for label, title in given.items()},
        LABELS,
        TEXTS,
    )
    return {label: title.headline for label, title in found.items()}


def test_a_voice_is_a_sentence_and_no_two_are_called_the_same() -> None:
    assert (titled()[0], titled()[1]) == ("My oven never came", "My oven never came (2)")


def test_a_theme_of_several_keeps_its_title() -> None:
    assert titled()[2] == "Trouble"


def test_no_title_gives_an_address_away() -> None:
    assert titled()[3] == "Write to Bo"


def test_without_words_there_is_no_sentence() -> None:
    assert titled()[4] == "No words"


def test_no_number_is_told_because_its_name_was_cut_off() -> None:
    assert titled()[5] == "Helps you perhaps"


def test_a_theme_of_several_is_called_first() -> None:
    assert titled(of2="my oven never came")[0] == "My oven never came (2)"
