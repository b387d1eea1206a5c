"""What is shown of each text: the strongest pieces, worked out here one text at a time."""

from __future__ import annotations

import numpy as np

from textanalytics.base import FloatArray, Span
from textanalytics.reading.evidence import FLOOR, MOST, SHARE, strongest
from textanalytics.words.page import Page, Vocabulary, open_page

TEXTS = [
    "",
    "bag",
    "my bag is  gone and nobody answers my mails or calls at all",
    "late again",
    "!? 😡",
    "a b c d e f",
]


def shown(page: Page, weight: FloatArray, text: int) -> list[Span] | None:
    own = [i for i in np.flatnonzero(page.text == text).tolist() if weight[i] > FLOOR]
    best = sorted(own, key=lambda i: (-weight[i], i))
    kept = sorted(i for i in best[:MOST] if weight[i] >= SHARE * weight[best[0]])
    spans: list[Span] = []
    for i in kept:
        start, end = int(page.starts[i]), int(page.ends[i])
        if spans and i - 1 in kept and start - spans[-1][1] <= 1:
            start = spans.pop()[0]
        spans.append((start, end))
    return spans or None


def test_the_strongest_pieces_of_each_text_are_shown_in_reading_order() -> None:
    page = open_page(TEXTS * 20, Vocabulary())
    draw = np.random.default_rng(1)
    for weight in (draw.normal(0, 1, len(page.word)), draw.integers(0, 3, len(page.word)) / 2.0):
        weight = weight.astype(np.float32)
        assert strongest(page, weight) == [shown(page, weight, i) for i in range(page.size)]


def test_nothing_strong_shows_nothing() -> None:
    page = open_page(TEXTS, Vocabulary())
    assert strongest(page, np.zeros(len(page.word), np.float32)) == [None] * len(TEXTS)
