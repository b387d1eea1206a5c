"""Numbers for words, so that what is known of one is worked out once and then looked up by its number."""

from __future__ import annotations

from itertools import count

import numpy as np

from textanalytics.base import IntArray

_GENERATIONS = count()
"""Of all numberings, so that what was worked out over one is never taken for another's."""


class Numbers(dict[str, int]):
    """A number for each word; asking for a new one gives it the next. `words` has them in the order of their numbers.

    >>> numbers = Numbers()
    >>> [numbers[word] for word in "no means no".split()], numbers.words
    ([0, 1, 0], ['no', 'means'])
    """

    def __init__(self) -> None:
        super().__init__()
        self.generation = next(_GENERATIONS)
        self.words: list[str] = []

    def __missing__(self, word: str) -> int:
        found = self[word] = len(self.words)
        self.words.append(word)
        return found


def distinct(values: IntArray) -> IntArray:
    """Each of them once, in order. NumPy's `unique` looks them up one by one, which takes many times as long as to sort them.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ordered = np.sort(values)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
