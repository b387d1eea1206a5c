"""The function of a theme: the one that its messages point to, and in a file gathered by a word the one that sets it apart."""

from __future__ import annotations

import numpy as np

from pivotpoint.insights.ladder.crowd import Crowd
from pivotpoint.insights.ladder.heard import Heard
from textanalytics.naming.choosing.titles import Title
from textanalytics.reading.reading import Reader

POINTING = ["supply"] * 4 + ["product"] * 3 + [""] * 1 + ["supply"] * 12
"""The first eight messages are a theme; the others all point to what the whole file speaks of."""


def function_of(*, searched: bool) -> str:
    texts = [f"the train has a seat {n}" for n in range(len(POINTING))]
    readings = Reader().read(texts)
    readings.function[:] = POINTING
    readings.confidence["function"][:] = 0.8
    heard = Heard()
    heard.texts, heard.authors, heard.times = texts, [""] * len(texts), [None] * len(texts)
    labels = np.array([0] * 8 + [1] * 12)
    crowd = Crowd(heard, readings, np.arange(len(texts)), labels, cleaned=texts, searched=searched)
    return crowd.theme(0, Title("Seats", ()), [0]).function


def test_most_of_the_votes_decide() -> None:
    assert function_of(searched=False) == "supply"


def test_what_all_speak_of_decides_nothing_in_a_file_gathered_by_it() -> None:
    assert function_of(searched=True) == "product"
