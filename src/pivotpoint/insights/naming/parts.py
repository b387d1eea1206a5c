"""What is said in the parts of a theme, by the texts that its clusters keep; each cluster is in the part of most of its texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest

import numpy as np

from pivotpoint.insights.ladder.name import called
from pivotpoint.insights.models import MicroCluster, Theme
from pivotpoint.insights.naming.languages import languages, spoken_to
from pivotpoint.insights.naming.texts import mostly_felt
from pivotpoint.listening.encoders.live import live_encoder
from textanalytics.base import MOODS, FloatArray, IntArray
from textanalytics.grouping.micros import unit
from textanalytics.grouping.parts import joined
from textanalytics.naming.candidates import Said
from textanalytics.naming.matters import Matter
from textanalytics.naming.parts import in_parts
from textanalytics.naming.titles import Title

ASKED = 2_000
"""Texts, of clusters evenly spread, that tell what is said in the parts; whatever else there is goes to the nearest."""

NONE = ""
"""What those are called that are in no part that can be called anything."""


def parts_of(theme: Theme) -> dict[str, list[int]]:
    """What each part is called, with its clusters; `NONE` with those that are in none. Nothing where it falls into no parts. A few
    queries, however large the theme is."""
    rows = MicroCluster.objects.filter(theme=theme, folded_into=None, count__gt=0).order_by("-count", "pk")
    kept = [
        (pk, bytes(vector), samples) for pk, vector, samples in rows.values_list("pk", "vector", "samples")
    ]
    texts = _asked([(pk, samples) for pk, _, samples in kept])
    told = _told(theme, texts)
    if not told:
        return {}
    votes: dict[int, Counter[int]] = {}
    of = {text: part for part, one in enumerate(told) for text in one.texts}
    for text, (cluster, _) in enumerate(texts):
        votes.setdefault(cluster, Counter())[of.get(text, len(told))] += 1
    most = {cluster: min(some, key=lambda part: (-some[part], part)) for cluster, some in votes.items()}
    parts = nearest({pk: vector for pk, vector, _ in kept}, most)
    names = [*(one.said for one in told), NONE]
    return {name: [pk for pk, part in parts.items() if part == place] for place, name in enumerate(names)}


def nearest(vectors: Mapping[int, bytes], known: Mapping[int, int]) -> dict[int, int]:
    """The part of each cluster: the `known` ones, and for the others the nearest by their `vectors`."""
    new = [pk for pk in vectors if pk not in known]
    there = [pk for pk in vectors if pk in known]
    if not new or not there:
        return {pk: known[pk] for pk in there}
    parts, groups = np.unique([known[pk] for pk in there], return_inverse=True)
    found = joined(_units(vectors, there), np.asarray(groups, np.int64), _units(vectors, new))
    return {pk: known[pk] for pk in there} | dict(zip(new, parts[found].tolist(), strict=True))


def title_beside(theme: Theme, taken: Collection[str]) -> str:
    """The theme's title where its parts are told: a phrase loses the word beside it, unless another theme is called so."""
    others = {-number: Title(title, ()) for number, title in enumerate(taken, 1)}
    return called({theme.pk: Title(theme.title, ()), **others}, {theme.pk})[theme.pk].title


def _units(vectors: Mapping[int, bytes], some: Sequence[int]) -> FloatArray:
    return unit(np.stack([np.frombuffer(vectors[pk], np.float32) for pk in some]))


def _asked(kept: Sequence[tuple[int, Sequence[str]]]) -> list[tuple[int, str]]:
    """(cluster, text): of so many clusters, evenly spread, first one text of each, then the second."""
    some = [[(pk, text) for text in samples] for pk, samples in kept[:: -(-len(kept) // ASKED) or 1]]
    return [one for turn in zip_longest(*some) for one in turn if one is not None][:ASKED]


def _told(theme: Theme, texts: Sequence[tuple[int, str]]) -> tuple[Matter, ...]:
    said = [text for _, text in texts]
    if not said:
        return ()
    labels: IntArray = np.zeros(len(said), np.int64)
    felt, encoder = mostly_felt({pk for pk, _ in texts}), live_encoder()
    moods = [felt.get(pk, MOODS[1]) for pk, _ in texts]
    corpus = Said(said, languages(said), labels, moods, spoken_to()).read()
    title = Title(theme.title, (), mixed=theme.mixed)
    vectors = encoder.encode(said)
    return in_parts(corpus, labels, {0: title}, vectors=vectors, encoder=encoder, moods=moods).get(0, ())
