"""The texts that themes are named from: what their clusters keep.

A theme is judged beside all others, also where it is named alone: what sets it apart, and what all speak of, is known from a
fair share of everybody's texts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import NamedTuple

import numpy as np
import orjson
from django.db import connection

from pivotpoint.insights.cluster_moods import moods_of
from pivotpoint.insights.naming.languages import languages, spoken_to
from textanalytics.base import MOODS
from textanalytics.naming.choosing.candidates import Said

OWN, LEAST, OTHERS = 200, 40, 4_000
"""Clusters of a theme, evenly spread, of which one text each names it; texts that are read of it, if its clusters keep so many;
and texts of all other themes beside it."""


CLUSTERS = """SELECT c.theme_id, t.vague, c.id, c.samples FROM insights_microcluster c
    JOIN insights_theme t ON t.id = c.theme_id WHERE c.folded_into_id IS NULL AND c.count > 0
    ORDER BY c.theme_id, c.count DESC, c.id"""


class Kept(NamedTuple):
    """One text of a cluster, and whose it is: its theme, -1 for short replies and thanks."""

    theme: int
    cluster: int
    text: str


@dataclass(frozen=True)
class Texts:
    """The texts of the themes that are to be named, the biggest clusters' first; and all that is read, with those beside."""

    of: dict[int, list[str]]
    said: Said


def texts_of(themes: Collection[int], most: int | None = None) -> Texts:
    """A constant number of queries. `most`: clusters of a theme, if not `OWN`."""
    mine, own, others = set(themes), list[Kept](), list[_Cluster]()
    for theme, clusters in groupby(_clusters(), key=lambda one: one.theme):
        if theme in mine:
            own.extend(_spread(list(clusters), most or OWN))
        else:
            others.extend(clusters)
    step = -(-len(others) // OTHERS) or 1
    beside = [kept for one in others[::step] for kept in one.kept()[:1]]
    of: dict[int, list[str]] = {}
    for one in own:
        of.setdefault(one.theme, []).append(one.text)
    return Texts(of, _said([*own, *beside]))


class _Cluster(NamedTuple):
    """`samples`: PostgreSQL hands JSON over as a list, SQLite as its text."""

    theme: int
    vague: bool
    pk: int
    samples: str | list[str]

    def kept(self) -> list[Kept]:
        texts = orjson.loads(self.samples) if isinstance(self.samples, str) else self.samples
        return [Kept(-1 if self.vague else self.theme, self.pk, text) for text in texts]


def _clusters() -> Iterator[_Cluster]:
    with connection.cursor() as cursor:
        cursor.execute(CLUSTERS)
        for row in cursor:
            yield _Cluster(*row)


def _spread(clusters: Sequence[_Cluster], most: int) -> list[Kept]:
    """A text of each of so many of the theme's clusters; more of each where they are few."""
    kept = [one.kept() for one in clusters[:: -(-len(clusters) // most)]]
    in_turn = [one for some in zip_longest(*kept) for one in some if one is not None]
    return in_turn[: max(LEAST, sum(map(bool, kept)))]


def _said(kept: Sequence[Kept]) -> Said:
    texts = [one.text for one in kept]
    moods = _moods({one.cluster for one in kept})
    return Said(
        texts,
        languages(texts),
        np.array([one.theme for one in kept], np.int64),
        [moods.get(one.cluster, MOODS[1]) for one in kept],
        spoken_to(),
    )


def _moods(clusters: Collection[int]) -> dict[int, str]:
    """What most of each cluster's messages feel."""
    said = moods_of(clusters).items()
    return {cluster: MOODS[1 + (praise > blame) - (praise < blame)] for cluster, (praise, blame) in said}
