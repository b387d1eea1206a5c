"""Whether titles fit what stands under them, are unlike one another, and are whole phrases. People have to judge the rest."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from textanalytics.base import Encoder, IntArray
from textanalytics.evaluate.tables import BadInput
from textanalytics.evaluate.themes import Figures, gather
from textanalytics.grammar.addressed import addressed
from textanalytics.grammar.corpus import Corpus, read_texts
from textanalytics.grammar.headings import without_headings
from textanalytics.grammar.sentence import Text
from textanalytics.naming.choosing.titles import name_all
from textanalytics.naming.saying.listing import APART
from textanalytics.quotes import roots, says
from textanalytics.reading.reading import Reader
from textanalytics.settling.moods import signs
from textanalytics.settling.settle import settle
from textanalytics.text import clean
from textanalytics.themes import ThemeIndex

LARGEST = 40
"""Themes that are looked at: what one sees first."""

HOLDS = 0.5
"""Share of a title's words that a text holds to be covered by it."""

NEAR_TWIN = 0.5
"""Share of the words of two titles in common from which on a reader asks why there are two."""


def measure(texts: Sequence[str], encoder: Encoder, *, detail: float) -> Figures:
    """Of the `LARGEST` themes; reading, gathering and titles as `pivotpoint listen` does them, without relevance."""
    cleaned = without_headings([clean(text) for text in texts])
    readings = Reader().read(texts)
    index = ThemeIndex(encoder.dimensions, detail=detail)
    ids = gather(index, texts, encoder)
    index.consolidate()
    vectors = encoder.encode(cleaned)
    labels = np.where(index.themes_of(ids) == index.vague, -1, index.themes_of(ids))
    worked = time.process_time()
    corpus = read_texts(cleaned, labels, readings.language, addressed(texts))
    labels = settle(labels, vectors, corpus, signs(readings.mood), encoder)
    named = name_all(corpus, labels, moods=readings.mood, vectors=vectors, encoder=encoder)
    work = time.process_time() - worked
    if not named:
        raise BadInput(f"No theme was found in {len(texts)} texts, so there is no title to measure.")
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    largest = sorted(named, key=lambda label: (-sizes[label], label))[:LARGEST]
    titles = [named[label].title for label in largest]
    members = [np.flatnonzero(labels == label) for label in largest]
    covered = [
        np.mean([says(title, cleaned[i]) >= HOLDS for i in group.tolist()])
        for title, group in zip(titles, members, strict=True)
    ]
    return {
        "messages": len(texts),
        "themes": int((sizes > 0).sum()),
        "titles_read": len(titles),
        "coverage": round(float(np.mean(covered)), 4),
        "distinct_share": round(1 - len(_twins(titles)) / max(len(titles), 1), 4),
        "fragment_share": round(float(np.mean(_fragments(titles, members, corpus))), 4),
        "listed_share": round(float(np.mean([named[label].listed for label in largest])), 4),
        "alone_share": round(float((sizes == 1).sum() / max(sizes.sum(), 1)), 4),
        "mixed_share": round(
            float(sum(sizes[label] for label in named if named[label].mixed) / sizes.sum()), 4
        ),
        "naming_processor_seconds": round(work, 2),
    }


def _twins(titles: Sequence[str]) -> set[int]:
    """Those that share most of their words with a title above them."""
    words = [roots(title) for title in titles]
    return {
        later
        for first, later in combinations(range(len(words)), 2)
        if len(words[first] & words[later]) > NEAR_TWIN * len(words[first] | words[later])
    }


def _fragments(titles: Sequence[str], members: Sequence[IntArray], corpus: Corpus) -> list[bool]:
    """Whether a title is a phrase that in none of the theme's texts begins or ends where a clause does."""
    return [
        not any(_stands(title.split(APART)[0], corpus.texts[i]) for i in group.tolist())
        for title, group in zip(titles, members, strict=True)
    ]


def _stands(title: str, text: Text) -> bool:
    words = title.rstrip("?").lower().split()[-2:]
    for start in range(len(text.lower) - len(words) + 1):
        end = start + len(words)
        if text.lower[start:end] == words:
            opens = start == 0 or text.clause[start - 1] != text.clause[start]
            closes = end == len(text.lower) or text.clause[end] != text.clause[end - 1]
            if opens or closes:
                return True
    return False
