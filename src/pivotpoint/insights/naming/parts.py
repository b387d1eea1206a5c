"""What is said in the parts of a theme, or of the thing that it is called by, and which of its clusters say each: a cluster says what
most of its messages say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from django.db.models.functions import Coalesce

from pivotpoint.insights.models import Membership, MicroCluster, Theme
from pivotpoint.insights.naming.languages import languages, spoken_to
from pivotpoint.insights.naming.texts import texts_of
from pivotpoint.lib.among import among
from pivotpoint.listening.encoders.live import live_encoder
from textanalytics.base import MOODS, FloatArray, IntArray
from textanalytics.grouping.micros import unit
from textanalytics.grouping.parts import joined
from textanalytics.naming.choosing.candidates import Said, vectors_of
from textanalytics.naming.choosing.titles import Title
from textanalytics.naming.saying.listing import BESIDE
from textanalytics.naming.telling.matters import SORTS, Matter, matters
from textanalytics.naming.telling.parts import JUDGED, TOLD, Parts, in_parts, short
from textanalytics.naming.telling.several import JUDGED as LEAST
from textanalytics.naming.telling.subjects import Subjects
from textanalytics.text import clean

ASKED = 2_000
"""Messages of a theme, evenly spread, that tell what is said in its parts; a cluster of which none is asked is in the nearest. Of more it
is not told by words: those that were not asked may say it, or not."""

FAITHFUL = 0.75
"""Share of a part's messages that its clusters hold, and of its clusters' messages that are the part's."""

PEOPLE = 3
"""Who say what is told of a thing, as in `listen`."""

NONE = ""
"""What those are called that are in no part that can be called anything."""


@dataclass(frozen=True)
class Found:
    """What each part is called, with its clusters, and under `NONE` those that are in none; which of them the title says already; what
    the theme is called where they are told, "" as before, and whether that only names what they speak of; and whether these are no parts but
    what is said in some words, wherever that lies."""

    parts: dict[str, list[int]] = field(default_factory=dict)
    titled: frozenset[str] = frozenset()
    called: str = ""
    subject: bool = False
    worded: bool = False


def parts_of(themes: Sequence[Theme]) -> dict[int, Found]:
    """For each; nothing where nothing can be told. A few queries for each, however large it is."""
    asked = {theme.pk: _asked(theme) for theme in themes}
    found = {theme.pk: _in_parts(theme, asked[theme.pk]) for theme in themes}
    whole = [theme for theme in themes if found[theme.pk] is None and LEAST <= theme.messages <= ASKED]
    told = _said_of(whole, asked)
    found |= {
        theme.pk: _in_words(theme, asked[theme.pk], told[theme.pk]) for theme in whole if theme.pk in told
    }
    return {pk: one or Found() for pk, one in found.items()}


def _in_parts(theme: Theme, said: Sequence[_Said]) -> Found | None:
    if len(said) < JUDGED:
        return None
    texts, moods, encoder = [one.text for one in said], [one.mood for one in said], live_encoder()
    labels: IntArray = np.zeros(len(texts), np.int64)
    corpus = Said(texts, languages(texts), labels, moods, spoken_to()).read()
    titles, vectors = {0: Title(theme.title, (), mixed=theme.mixed)}, encoder.encode(texts)
    told = in_parts(corpus, labels, titles, vectors=vectors, encoder=encoder, moods=moods).get(0, Parts(()))
    most, true = _most(told.said, said)
    if len(true) < 2 or _saying(told.said, true) < TOLD * len(said):
        return None
    titled = frozenset(one.said for one in told.said if one.titled and BESIDE not in theme.title)
    called = (told.called if {0, 1} <= true else "") or short(theme.title)
    return Found(
        _clusters(theme, told.said, most),
        titled,
        called,
        subject=Subjects(corpus).is_subject(called, np.arange(len(texts))),
    )


def _in_words(theme: Theme, said: Sequence[_Said], told: Sequence[Matter]) -> Found | None:
    told = _once(told, said)
    most, true = _most(told, said)
    if not true or _saying(told, true) < SORTS * len(said):
        return None
    return Found({NONE: []} | _clusters(theme, told, most), worded=True)


def _saying(told: Sequence[Matter], some: Collection[int]) -> int:
    return sum(len(told[part].texts) for part in some)


def _clusters(theme: Theme, told: Sequence[Matter], most: Mapping[int, int]) -> dict[str, list[int]]:
    """What each says that stands in the theme, and under `NONE` those that say nothing of it."""
    standing = MicroCluster.objects.filter(theme=theme, folded_into=None, count__gt=0).order_by("pk")
    parts = nearest({pk: bytes(vector) for pk, vector in standing.values_list("pk", "vector")}, most)
    names = [*(one.said for one in told), NONE]
    found = {name: [pk for pk, part in parts.items() if part == place] for place, name in enumerate(names)}
    return {name: some for name, some in found.items() if some}


def nearest(vectors: Mapping[int, bytes], known: Mapping[int, int]) -> dict[int, int]:
    """The part of each cluster: the `known` ones, and for the others the nearest by their `vectors`."""
    new = [pk for pk in vectors if pk not in known]
    there = [pk for pk in vectors if pk in known]
    if not new or not there:
        return {pk: known[pk] for pk in there}
    parts, groups = np.unique([known[pk] for pk in there], return_inverse=True)
    found = joined(_units(vectors, there), np.asarray(groups, np.int64), _units(vectors, new))
    return {pk: known[pk] for pk in there} | dict(zip(new, parts[found].tolist(), strict=True))


def title_beside(title: str, found: Found, taken: Collection[str]) -> str:
    """What the theme is called where its parts are told; as before where another theme is called so."""
    new = found.called or title
    return title if new.casefold() in {other.casefold() for other in taken} else new


def _units(vectors: Mapping[int, bytes], some: Sequence[int]) -> FloatArray:
    return unit(np.stack([np.frombuffer(vectors[pk], np.float32) for pk in some]))


def _most(told: Sequence[Matter], said: Sequence[_Said]) -> tuple[dict[int, int], set[int]]:
    """The part of most of each cluster's messages, `len(told)` for none; and which parts there are. A part is none where its clusters
    are not it: where they hold much of the others, or others hold much of it."""
    of = {place: part for part, one in enumerate(told) for place in one.texts}
    votes: dict[int, Counter[int]] = {}
    for place, one in enumerate(said):
        votes.setdefault(one.cluster, Counter())[of.get(place, len(told))] += 1
    most = {cluster: min(some, key=lambda part: (-some[part], part)) for cluster, some in votes.items()}
    held, right = Counter[int](), Counter[int]()
    for cluster, part in most.items():
        held[part] += votes[cluster].total()
        right[part] += votes[cluster][part]
    true = {
        part
        for part, one in enumerate(told)
        if right[part] and right[part] >= FAITHFUL * max(held[part], len(one.texts))
    }
    return {cluster: part if part in true else len(told) for cluster, part in most.items()}, true


class _Said(NamedTuple):
    """A message, cleaned, and the cluster that stands for its own."""

    cluster: int
    customer: int
    text: str
    negative: bool
    positive: bool | None

    @property
    def mood(self) -> str:
        return MOODS[1 + bool(self.positive) - self.negative]


def _asked(theme: Theme) -> list[_Said]:
    keys = list(Membership.objects.filter(cluster__theme=theme).order_by("pk").values_list("pk", flat=True))
    some = Membership.objects.filter(among("pk", keys[:: -(-len(keys) // ASKED) or 1])).order_by("pk")
    home = Coalesce("cluster__folded_into", "cluster")
    rows = some.values_list(home, "customer", "message__text", "negative", "positive")
    return [_Said(cluster, customer, clean(text), *mood) for cluster, customer, text, *mood in rows]


def _said_of(themes: Sequence[Theme], asked: Mapping[int, Sequence[_Said]]) -> dict[int, list[Matter]]:
    """What is said of the thing that each is called by, or by many of it beside its title, the most first; one message may say two. What is
    said of one is said less in the others, so all are read together, beside texts of every theme."""
    if not themes:
        return {}
    beside, pks = texts_of(()).said, [theme.pk for theme in themes]
    others = np.flatnonzero(~np.isin(beside.labels, pks))
    said = [one for pk in pks for one in asked[pk]]
    texts = [one.text for one in said] + [beside.texts[place] for place in others.tolist()]
    sizes = [len(asked[pk]) for pk in pks]
    labels = np.concatenate([np.repeat(pks, sizes), beside.labels[others]])
    corpus = Said(texts, languages(texts), labels, addressed=beside.addressed).read()
    moods = [one.mood for one in said] + [MOODS[1]] * len(others)
    encoder = live_encoder()
    found = matters(
        corpus,
        labels,
        {one.pk: Title(one.title, (), several=one.several, bare=one.subject) for one in themes},
        vectors=vectors_of(encoder, texts, labels),
        encoder=encoder,
        moods=None if corpus.is_german else moods,
    )
    first = dict(zip(pks, np.cumsum([0, *sizes]).tolist(), strict=False))
    return {
        pk: [replace(one, texts=tuple(place - first[pk] for place in one.texts)) for one in told]
        for pk, told in found.items()
    }


def _once(told: Sequence[Matter], said: Sequence[_Said]) -> list[Matter]:
    """Each message under the first that it says; without what then fewer than `PEOPLE` say."""
    heard = set[int]()
    kept = []
    for one in told:
        own = tuple(place for place in one.texts if place not in heard)
        if len({said[place].customer for place in own}) >= PEOPLE:
            heard.update(own)
            kept.append(replace(one, texts=own))
    return kept
