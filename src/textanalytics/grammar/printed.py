"""One article printed in many places, each with another beginning and end, is said once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textanalytics.base import IntArray

RUN = 8
"""Words in a row that two writers do not find by chance: see `duplicates.LONG_ENOUGH`, which asks for twelve because it compares
whole texts and not every place of them."""


def printed(texts: Sequence[Sequence[str]], run: int = RUN) -> IntArray:
    """(n,) for each text, told as its words in lower case, the first that is out of the same article: of which it repeats
    `run` words in a row, or another that does."""
    first: dict[tuple[str, ...], int] = {}
    above = list(range(len(texts)))
    for number, words in enumerate(texts):
        for start in range(len(words) - run + 1):
            other = _top(above, first.setdefault(tuple(words[start : start + run]), number))
            own = _top(above, number)
            above[max(own, other)] = min(own, other)
    return np.array([_top(above, number) for number in range(len(texts))], np.int64)


def _top(above: list[int], number: int) -> int:
    while above[number] != number:
        above[number] = above[above[number]]
        number = above[number]
    return number
