"""The second level of a file: which themes are about one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from pivotpoint.insights.ladder.ladder import Theme, Wider
from textanalytics.base import FloatArray, IntArray
from textanalytics.grammar.keywords import stem_of
from textanalytics.naming.belonging.wider import TEXTS
from textanalytics.naming.belonging.wider import Wider as Words

MOSTLY = 0.5
"""Share of its messages that praise, from which on a theme is praise."""


def put_under(
    themes: Sequence[Theme],
    *,
    members: Mapping[int, IntArray],
    cleaned: Sequence[str],
    vectors: FloatArray,
    people: IntArray,
    languages: Sequence[str],
) -> tuple[list[Theme], list[Wider]]:
    """The themes with what each is part of, and the wider themes; `members` are the messages of each by its id."""
    if not themes:
        return [], []
    own = [members[theme.id] for theme in themes]
    some = [group[:: -(-len(group) // TEXTS)].tolist() for group in own]
    words = Words(
        [[cleaned[i] for i in group] for group in some], [[languages[i] for i in group] for group in some]
    )
    units = np.stack([_unit(vectors[group].sum(0)) for group in own])
    counts = np.array([len(group) for group in own], np.int64)
    praised = np.array([theme.intents.get("praise", 0) >= MOSTLY * theme.messages for theme in themes])
    titles = [theme.title for theme in themes]
    groups = without_homonyms(words.groups(units, counts, titles=titles, praised=praised), titles)
    wider: list[Wider] = []
    for group in np.unique(groups[groups >= 0]).tolist():
        inside = np.flatnonzero(groups == group)
        places = inside.tolist()
        everyone = np.concatenate([own[place] for place in places])
        names = [themes[place].title for place in sorted(places, key=lambda place: -len(own[place]))]
        title = words.title(inside, [one.title for one in wider], names)
        ids = tuple(themes[place].id for place in places)
        wider.append(Wider(group, title, len(np.unique(people[everyone])), len(everyone), ids))
    wider.sort(key=lambda one: (-one.people, one.id))
    placed = zip(themes, groups.tolist(), strict=True)
    return [replace(theme, part_of=group) for theme, group in placed], wider


def without_homonyms(groups: IntArray, titles: Sequence[str]) -> IntArray:
    """The same groups (-1 none) without those of two themes whose titles are one word up to its number: had they been near, they would be one
    theme. "Ticket" and "Tickets" are for a flight and for a concert."""
    found = groups.copy()
    for group in np.unique(groups[groups >= 0]).tolist():
        inside = np.flatnonzero(groups == group)
        stems = {stem_of(titles[place].lower(), "en") for place in inside.tolist()}
        if len(stems) == 1:
            found[inside] = -1
    return found


def _unit(row: FloatArray) -> FloatArray:
    return np.asarray(row / max(float(np.linalg.norm(row)), 1e-9), np.float32)
