"""German messages gathered by what they speak of: each by one of its nouns, that whose other messages it is most like.

A partition of few and short German messages puts together what shares the word that everybody uses. A noun that names a matter
(see `nouns`) says by itself what a theme is about, and its messages are about it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import permutations

import numpy as np

from textanalytics import lexicons
from textanalytics.base import FUNCTIONS, BoolArray, FloatArray, IntArray
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.nouns import Nouns
from textanalytics.grouping.micros import leaders
from textanalytics.settling.concern import concern

FEWEST = 3
"""Messages that a noun has to gather."""

ROUNDS = 8
"""Times that messages look for the noun they are most like, while the others move too."""

CROWD = 0.08
"""What a message is drawn to a noun by its messages, e times as many."""

CONCERN = 0.1
"""What it is drawn to one that some function of a business is known to answer for: "Preis", "Verspätung", "Personal"."""

TELLS = 0.3
"""And what it is drawn to one that tells by itself what is the matter: see `concern`."""

COPY = 0.9
"""Cosine of copies of one message."""

UNDER = 0.4
"""A noun of whose messages so many hold a commoner one names a part of that matter: "Schlichtung", of "Streik"."""

TOGETHER, FEW = 0.17, 0.55
"""Mean cosine below which messages that hold a noun have nothing else in common; and what is added, over the root of their
number, because few are alike by chance."""

MANY = 4_000
"""Messages that hold a noun of which not each goes alone: see `core`."""

STRANGE, HALF = 0.15, 0.5
"""What is asked less for a noun that tells by itself what is the matter, and more for one that tells nothing ("Beine"); none of
it for one that tells half of it."""


def by_nouns(nouns: Nouns, rows: FloatArray, themed: IntArray, sources: IntArray | None = None) -> list[str]:
    """(themed,) for each of the `themed` texts the noun that gathers it, "" for none; `rows` are all texts' unit rows, `sources`
    the article that each is out of: see `grammar.printed`."""
    held = [nouns.held[i] & nouns.matters for i in themed.tolist()]
    rows = rows[themed]
    sources = np.arange(len(themed)) if sources is None else sources[themed]
    wider = _wider(held)
    asked = [sorted({wider[noun] for noun in own if noun in wider}) for own in held]
    chosen = [""] * len(asked)
    groups = _groups(asked)
    told = _told(nouns, groups)
    for _ in range(ROUNDS):
        before, chosen = chosen, _choose(asked, chosen, groups, rows, told)
        groups = _groups([[noun] if noun else [] for noun in chosen])
        if chosen == before:
            break
    return _together(chosen, groups, rows, sources, told)


def _together(
    chosen: Sequence[str],
    groups: Mapping[str, IntArray],
    rows: FloatArray,
    sources: IntArray,
    told: Mapping[str, float],
) -> list[str]:
    """The nouns, without those of messages that have no more than the noun in common with the others of their group."""
    kept = [""] * len(chosen)
    for noun, places in groups.items():
        for place in places[_alike(rows[places], sources[places], told[noun])].tolist():
            kept[place] = noun
    left = _groups([[noun] if noun else [] for noun in kept])
    return [noun if noun in left else "" for noun in kept]


def _told(nouns: Nouns, groups: Mapping[str, IntArray]) -> dict[str, float]:
    """How far each noun tells by itself what is the matter, 0 to 1."""
    names = sorted(groups)
    tells = concern([nouns.names.get(noun, noun) for noun in names], "de")
    return dict(zip(names, np.clip(tells, 0, 1).tolist(), strict=True))


def _alike(rows: FloatArray, sources: IntArray, told: float) -> BoolArray:
    """(n,) which of the messages stay together; copies of one another, and what is out of one article, are asked once. Of fewer than `FEWEST` different ones
    the one that most sent stays."""
    _, first, same = np.unique(sources, return_index=True, return_inverse=True)
    follows = first[leaders(rows[first], COPY)][same]
    different, copies = np.unique(follows, return_counts=True)
    near = core(rows[different], TOGETHER + STRANGE * (HALF - told) + FEW / len(different) ** 0.5)
    if len(near) < FEWEST:
        near = np.array([copies.argmax()])
    return np.isin(follows, different[near])


def _groups(held: Sequence[Sequence[str]]) -> dict[str, IntArray]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, some in enumerate(held):
        for noun in some:
            found[noun].append(place)
    return {noun: np.array(places) for noun, places in found.items() if len(places) >= FEWEST}


def _choose(
    asked: Sequence[Sequence[str]],
    chosen: Sequence[str],
    groups: Mapping[str, IntArray],
    rows: FloatArray,
    told: Mapping[str, float],
) -> list[str]:
    """For each text the noun of whose group it is most like, itself left out."""
    sums = {noun: rows[places].sum(0) for noun, places in groups.items()}
    sizes = {noun: float(np.log(len(places))) for noun, places in groups.items()}
    first = not any(chosen)
    found = []
    for place, some in enumerate(asked):
        best, most = "", -np.inf
        for noun in some:
            if noun in groups:
                others = sums[noun] - rows[place] * (first or chosen[place] == noun)
                length = max(float(np.linalg.norm(others)), 1e-9)
                worth = (
                    float(rows[place] @ others) / length
                    + CROWD * sizes[noun]
                    + CONCERN * (noun in _concerns())
                    + TELLS * told[noun]
                )
                if worth > most:
                    best, most = noun, worth
        found.append(best)
    return found


@cache
def _concerns() -> frozenset[str]:
    words = frozenset[str]().union(*(lexicons.words(f"function {name}") for name in FUNCTIONS))
    return frozenset(stem_of(word, "de") for word in words)


def _wider(held: Sequence[frozenset[str]]) -> dict[str, str]:
    """The noun that each stands under, itself for most; without those of too few."""
    counts = Counter(noun for own in held for noun in own)
    known = {noun for noun, count in counts.items() if count >= FEWEST}
    together = Counter(pair for own in held for pair in permutations(sorted(own & known), 2))
    above = {noun: noun for noun in known}
    best: dict[str, tuple[int, str]] = {}
    for (noun, other), count in together.items():
        parts = noun in other or other in noun  # Whoever says "Sitzplatz" says "Platz".
        if not parts and (counts[other], other) > (counts[noun], noun) and count >= UNDER * counts[noun]:
            best[noun] = max(best.get(noun, (0, "")), (count, other))
    above |= {noun: other for noun, (_, other) in best.items()}
    return {noun: _top(noun, above) for noun in known}


def _top(noun: str, above: Mapping[str, str]) -> str:
    while above[noun] != noun:
        noun = above[noun]
    return noun


def core(rows: FloatArray, together: float) -> IntArray:
    """Those that are left when whoever is least like the others has gone, until the rest are alike; or two."""
    if len(rows) > MANY:
        return _core_of_many(rows, together)
    near = rows @ rows.T
    total, own = near.sum(1), near.diagonal()
    gone = np.zeros(len(rows))
    for count in range(len(rows), FEWEST - 1, -1):
        kept = gone == 0
        if (total[kept].sum() - own[kept].sum()) / (count * (count - 1)) >= together:
            break
        least = int((total + gone).argmin())
        gone[least] = np.inf
        total -= near[least]
    return np.flatnonzero(gone == 0)


def _core_of_many(rows: FloatArray, together: float) -> IntArray:
    """The same of so many that not each pair is compared: each time a hundredth goes, or the one."""
    kept = np.arange(len(rows))
    while len(kept) >= FEWEST and alike(rows[kept]) < together:
        total = rows[kept] @ rows[kept].sum(0) - (rows[kept] * rows[kept]).sum(1)
        kept = np.delete(kept, np.argsort(total, kind="stable")[: max(len(kept) // 100, 1)])
    return kept


def alike(rows: FloatArray) -> float:
    """Mean cosine of two different rows."""
    count = len(rows)
    own = float((rows * rows).sum())
    length = float(np.linalg.norm(rows.sum(0))) ** 2
    return (length - own) / (count * (count - 1)) if count > 1 else 1.0
