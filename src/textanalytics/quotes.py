"""Choose quotes that represent a theme: typical, of readable length, unlike one another, from different people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from textanalytics.base import FloatArray, IntArray, Span
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.text import tokens

SHORT, LONG = 30, 180
"""Characters. Shorter says too little, longer is not read."""

OUT_OF_LENGTH = 0.15
TOO_ALIKE = 0.35
"""How much of its likeness to a quote already chosen a text loses."""

CONSIDERED, READ = 40, 150

SHOWS = 0.3
"""What holding all words of the title adds: a reader looks for them."""

PREFIX = 5
"""Letters that two forms of a word share."""

MARKED = frozenset({Kind.OPEN, Kind.WEAK, Kind.ADJECTIVE, Kind.ATTRIBUTE, Kind.TIME})


def quotes(
    texts: Sequence[str],
    labels: IntArray,
    vectors: FloatArray,
    k: int = 3,
    authors: Sequence[str] | None = None,
    titles: Mapping[int, str] | None = None,
) -> dict[int, list[int]]:
    """For each label from 0 up, at most `k` indices into `texts`, the most typical first.

    `vectors` are unit rows. Texts that hold the words of the label's title go before others. Texts that are equal but for case are one quote; an author is quoted once, unless
    the theme has fewer authors than quotes.
    """
    order = np.argsort(labels, kind="stable")
    found: dict[int, list[int]] = {}
    for members in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(order) else ():
        if labels[members[0]] >= 0:
            found[int(labels[members[0]])] = _choose(
                members, texts, vectors, k, authors, title=(titles or {}).get(int(labels[members[0]]), "")
            )
    return found


def says(title: str, text: str) -> float:
    """0 to 1: the share of the title's longer words that the text holds in some form."""
    wanted = roots(title)
    return len(wanted & roots(text)) / len(wanted) if wanted else 0.0


def marks(said: str, text: str, language: str = "en") -> list[Span]:
    """Where the text holds words of what is said, in some form: what a reader looks for. Small words are left out, and
    neighbours are one place.

    >>> marks("The flight was cancelled", "The airline will cancel flights!")
    [(17, 31)]
    """
    known = kinds(language)
    wanted = {stem_of(word, language) for word, _, _ in tokens(said) if known.get(word, Kind.OPEN) in MARKED}
    found: list[Span] = []
    for word, start, end in tokens(text):
        if stem_of(word, language) not in wanted:
            continue
        if found and text[found[-1][1] : start] == " ":
            start = found.pop()[0]
        found.append((start, end))
    return found


def roots(text: str) -> set[str]:
    """The openings of the longer words: two forms of a word share one."""
    return {word[:PREFIX] for word, _, _ in tokens(text) if len(word) > 2}


def _choose(
    members: IntArray,
    texts: Sequence[str],
    vectors: FloatArray,
    k: int,
    authors: Sequence[str] | None,
    *,
    title: str,
) -> list[int]:
    mean = vectors[members].mean(axis=0)
    typical = vectors[members] @ (mean / max(float(np.linalg.norm(mean)), 1e-9))
    lengths = np.fromiter((len(texts[i]) for i in members), np.int64, len(members))
    score = (
        typical
        - OUT_OF_LENGTH * ((lengths < SHORT) | (lengths > LONG))
        - OUT_OF_LENGTH * (lengths > 2 * LONG)
    )
    if title:
        likely = np.argsort(-score, kind="stable")[:READ]
        score = score - 9 * np.isin(np.arange(len(score)), likely, invert=True)
        score[likely] += [SHOWS * says(title, texts[members[i]]) for i in likely.tolist()]
    best = np.argsort(-score, kind="stable")[:CONSIDERED]
    places, score = members[best], score[best].astype(np.float64)
    alike = vectors[places] @ vectors[places].T
    chosen: list[int] = []
    said: set[str] = set()
    people: set[str] = set()
    for again in (False, True):
        left = score.copy()
        while len(chosen) < k and np.isfinite(left).any():
            pick = int(left.argmax())
            left[pick] = -np.inf
            place = int(places[pick])
            author = authors[place] if authors is not None else str(place)
            if texts[place].casefold() in said or (author in people and not again):
                continue
            chosen.append(place)
            said.add(texts[place].casefold())
            people.add(author)
            left -= TOO_ALIKE * np.maximum(alike[pick], 0)
    return chosen
