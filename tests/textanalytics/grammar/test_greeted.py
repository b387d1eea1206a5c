"""Who is greeted or thanked by name is no matter of what is said."""

from __future__ import annotations

import numpy as np

from textanalytics.grammar.corpus import read_texts
from textanalytics.grammar.greeted import greeted

BECKY = [
    "Thanks, Becky!",
    "Hi Becky, we had a blast",
    "Thanks Becky. I sent it",
    "no costume, Becky.",
    "Becky is nice",
]
HALLOWEEN = ["Happy Halloween!", "Thanks for Halloween.", "A scary Halloween, thanks", "Halloween is here"]


def names(texts: list[str]) -> set[str]:
    corpus = read_texts(texts, np.zeros(len(texts), np.int64))
    found = greeted(corpus.texts, corpus.words)
    return {name for name, own in zip(corpus.words.names, found.tolist(), strict=True) if own}


def test_who_is_thanked_by_name_tells_nothing() -> None:
    assert names([*BECKY, *HALLOWEEN]) == {"becky"}
    corpus = read_texts(BECKY, np.zeros(len(BECKY), np.int64))
    assert not corpus.tells()[corpus.words.names.index("becky")]


def test_a_name_that_is_used_rarely_or_small_is_none() -> None:
    assert not names(BECKY[:3])
    assert not names([text.lower() for text in BECKY])
    assert not names([])
