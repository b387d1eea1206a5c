"""However a typed word is taken apart, its pieces are those that the pattern finds in it."""

from __future__ import annotations

import random

import numpy as np

from textanalytics.text import PIECES
from textanalytics.words.numbers import Numbers, distinct
from textanalytics.words.typed import Typed, spelling

LETTERS = [
    *"aAxXdDwW.@_#!?'’\"()*,…:;=3<0/\\-^oPp²❶ßİ\n\t\u200d\xa0😡👍🏽é中",
    "https://",
    "http://",
    "www",
    "www.",
    "xD",
]


def test_any_letters_and_marks_part_as_the_pattern_parts_them() -> None:
    draw = random.Random(3)
    words = {"".join(draw.choices(LETTERS, k=draw.randint(0, 7))) for _ in range(40_000)}
    spelled = Numbers()
    typed = Typed(spelled)
    for word in words:
        typed[word]
    parted = typed.parted(np.arange(len(words)))
    pieces = iter(zip(parted.number.tolist(), parted.start.tolist(), parted.end.tolist(), strict=True))
    for word, count in zip(typed.words, parted.count.tolist(), strict=True):
        found = [next(pieces) for _ in range(count)]
        assert [(spelled.words[number], start, end) for number, start, end in found] == [
            (spelling(match[0]), *match.span()) for match in PIECES.finditer(word)
        ]


def test_distinct_values_are_those_of_numpy() -> None:
    draw = np.random.default_rng(5)
    for size in (0, 1, 2, 500):
        values = draw.integers(0, 100, size)
        assert distinct(values).tolist() == np.unique(values).tolist()
