"""Change clusters outside the index: by people's decisions and by erasure.

Each change renews the stamp, so that every process reloads its copy of the index.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from django.db import transaction
from django.db.models import Max

from pivotpoint.insights.cluster_moods import forget_moods
from pivotpoint.insights.gathering.memory import new_state
from pivotpoint.insights.models import ClusterVector, IndexState, Membership, MicroCluster, Theme, ThemeVector
from pivotpoint.lib import bulk
from pivotpoint.lib.among import among, slices
from pivotpoint.listening.encoders.live import live_encoder
from textanalytics.base import FloatArray
from textanalytics.duplicates import MOST, fingerprint
from textanalytics.grouping.micros import SAMPLES, unit
from textanalytics.text import clean

AT_ONCE = 200
"""Clusters that are made anew at once: their messages' vectors are in memory."""


def locked() -> IndexState:
    """The index's row, locked until the transaction ends, with a new stamp."""
    assert transaction.get_connection().in_atomic_block  # noqa: S101 a programming error, not a condition
    IndexState.objects.get_or_create(pk=1)
    state = IndexState.objects.select_for_update().get(pk=1)
    state.stamp = secrets.randbits(62) + 1
    state.state = state.state or new_state()
    state.save(update_fields=["stamp", "state"])
    return state


def next_theme(state: IndexState, **fields: object) -> Theme:
    """A new theme with an id that the index has never used."""
    number = state.state["next_theme"]
    state.state["next_theme"] = number + 1
    state.save(update_fields=["state"])
    fields.setdefault("title", f"Theme {number}")
    return Theme.objects.create(pk=number, **fields)


def with_copies(messages: Collection[int]) -> dict[int, int]:
    """These messages and the identical ones of their clusters, as message → cluster (law 8)."""
    chosen = Membership.objects.filter(pk__in=messages)
    clusters = set(chosen.values_list("cluster", flat=True))
    prints: dict[int, set[int]] = {cluster: set() for cluster in clusters}
    marked = [
        (pk, cluster, fingerprint(clean(text)))
        for pk, cluster, text in Membership.objects.filter(cluster__in=clusters).values_list(
            "pk", "cluster", "message__text"
        )
    ]
    wanted = set(messages)
    for pk, cluster, mark in marked:
        if pk in wanted:
            prints[cluster].add(mark)
    return {pk: cluster for pk, cluster, mark in sorted(marked) if mark in prints[cluster]}


def put_apart(members: Mapping[int, int], theme: Theme) -> list[int]:
    """Move messages (message → cluster) into new clusters that are fixed to `theme`; returns the new clusters' ids."""
    first = MicroCluster.objects.aggregate(last=Max("pk"))["last"] + 1
    made = []
    for new_id, cluster in enumerate(sorted(set(members.values())), first):
        new = MicroCluster.objects.create(pk=new_id, theme=theme, held=True, vector=b"")
        Membership.objects.filter(pk__in=[pk for pk, was in members.items() if was == cluster]).update(
            cluster=new
        )
        made.append(new.pk)
    rebuild([*set(members.values()), *made])
    return made


def put_back(members: Mapping[int, int]) -> None:
    """Move messages back to the clusters in which they were."""
    left = set(Membership.objects.filter(pk__in=members).values_list("cluster", flat=True))
    for cluster in sorted(set(members.values())):
        Membership.objects.filter(pk__in=[pk for pk, was in members.items() if was == cluster]).update(
            cluster=cluster
        )
    rebuild([*left, *members.values()])


def rebuild(clusters: Iterable[int]) -> None:
    """Recompute sum, count, kept texts and fingerprints of these clusters from their present messages; a constant number
    of queries for each AT_ONCE of them."""
    rows = MicroCluster.objects.filter(among("pk", set(clusters))).values_list("pk", "folded_into")
    stands = sorted({pk if folded is None else folded for pk, folded in rows})
    for some in slices(stands, AT_ONCE):
        _rebuild(some)


def _rebuild(stands: list[int]) -> None:
    """Another encoder's sums of them are made anew when they are needed: what was erased must not stay in those either."""
    ClusterVector.objects.filter(among("cluster", stands)).update(vector=b"", beside="")
    family = MicroCluster.objects.filter(among("pk", stands) | among("folded_into", stands))
    home = {pk: pk if folded is None else folded for pk, folded in family.values_list("pk", "folded_into")}
    forget_moods(home)
    members = Membership.objects.filter(among("cluster", home)).order_by("pk")
    said: dict[int, list[str]] = {pk: [] for pk in stands}
    seen: dict[int, dict[int, None]] = {pk: {} for pk in home}
    for cluster, text in members.values_list("cluster", "message__text"):
        said[home[cluster]].append(clean(text))
        seen[cluster][fingerprint(said[home[cluster]][-1])] = None
    vectors = live_encoder().encode([text for texts in said.values() for text in texts])
    ends = np.cumsum([len(texts) for texts in said.values()])
    sums = [part.sum(0, dtype=np.float32) for part in np.split(vectors, ends[:-1])]
    changed = [
        MicroCluster(pk=pk, count=len(texts), vector=total.tobytes(), samples=texts[:SAMPLES])
        for (pk, texts), total in zip(said.items(), sums, strict=True)
    ]
    bulk.change(changed, ("count", "vector", "samples"))
    prints = [MicroCluster(pk=pk, seen=_packed(list(marks))) for pk, marks in seen.items()]
    bulk.change(prints, ("seen",))


def _packed(prints: Sequence[int]) -> bytes:
    return np.array(prints[:MOST], np.uint64).tobytes()


def keep_vectors(themes: Iterable[int]) -> None:
    """Store the mean vectors of these themes, from their clusters' sums; a theme without messages has none."""
    sums: dict[int, FloatArray] = {}
    rows = MicroCluster.objects.filter(theme__in=set(themes), folded_into=None, count__gt=0)
    for theme, vector in rows.values_list("theme", "vector"):
        total = np.frombuffer(bytes(vector), np.float32)
        sums[theme] = sums[theme] + total if theme in sums else total
    units = [(theme, unit(total).astype(np.float32).tobytes()) for theme, total in sorted(sums.items())]
    ThemeVector.objects.filter(theme__in=set(themes) - set(sums)).delete()
    bulk.insert(ThemeVector, ("theme", "vector"), units, renew=("vector",))
