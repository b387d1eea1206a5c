"""A larger table out of a small one: each row again and again, with up to two words changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

MOST_CHANGES = 2


def altered(
    texts: Sequence[str], labels: Sequence[str], count: int, seed: int
) -> tuple[list[str], list[str]]:
    """`count` texts drawn by the seed, words replaced by words of other texts, under their first labels."""
    chance = np.random.default_rng(seed)
    words = sorted({word for text in texts for word in text.split()})
    drawn = chance.integers(0, len(texts), count)
    made = []
    for i, changes in zip(drawn.tolist(), chance.integers(0, MOST_CHANGES + 1, count).tolist(), strict=True):
        said = texts[i].split() or [""]
        for _ in range(changes):
            said[int(chance.integers(len(said)))] = words[int(chance.integers(len(words)))]
        made.append(" ".join(said))
    return made, [labels[i] for i in drawn.tolist()]
