"""Whether two rises tell of one matter: a storm is heard of as delays, as cancelled flights and as waiting on the telephone,
and whoever was woken for the first need not be woken for the others."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence, Set
from typing import TypeVar

import numpy as np

Word = TypeVar("Word", bound=Hashable)

TOLD = 4
"""Words that say what a rise is about."""

LEAST_SAID, LEAST_SHARE, LEAST_TIMES = 2, 0.15, 2.0
"""Messages that hold such a word, their share of the rise, and how many times as often as in all the latest messages."""

LEAST_SHARED, SHARED = 2, 0.5
"""Words, and the part of the fewer ones, that two rises of one matter have in common."""

IN_COMMON = 0.1
"""Of the fewer messages of two rises, those that both tell of: words that burst hold together what is in several themes."""


def telling(said: Sequence[Iterable[Word]], lately: Mapping[Word, int], messages: int) -> tuple[Word, ...]:
    """The words that set the messages of a rise apart, the strongest first: share in them times the logarithm of how many
    times as often it is as in all the latest `messages`, of which `lately` says how many hold each word.

    `said` holds the different words of each message of the rise, which are among the latest.

    >>> said = [{"flight", "hold"}, {"flight", "hold", "hour"}, {"flight", "rebook"}]
    >>> telling(said, {"flight": 90, "hold": 2, "hour": 9, "rebook": 1}, 100)
    ('hold',)
    """
    held: dict[Word, int] = {}
    for words in said:
        for word in words:
            held[word] = held.get(word, 0) + 1
    found = []
    for word, count in held.items():
        share = count / len(said)
        times = share * messages / max(lately.get(word, 0), count)
        if count >= LEAST_SAID and share >= LEAST_SHARE and times >= LEAST_TIMES:
            found.append((-share * float(np.log(times)), word))
    return tuple(word for _, word in sorted(found, key=lambda pair: (pair[0], str(pair[1])))[:TOLD])


def one_matter(words: Collection[Word], others: Collection[Word]) -> bool:
    """Whether two rises, by their telling words, are one matter.

    >>> one_matter(["hold", "cancelled", "flights"], ["cancelled", "hold", "rebook"])
    True
    >>> one_matter(["flight", "delay"], ["flight", "weather"])
    False
    """
    shared = len(set(words) & set(others))
    return shared >= LEAST_SHARED and shared >= SHARED * min(len(set(words)), len(set(others)))


def share_messages(messages: Set[int], others: Set[int]) -> bool:
    """Whether two rises of one time tell of the same messages.

    >>> share_messages({1, 2, 3}, {3, 4}), share_messages({1, 2}, set())
    (True, False)
    """
    shared = len(messages & others)
    return shared > 0 and shared >= IN_COMMON * min(len(messages), len(others))
