"""Change the encoder: clusters keep their messages and themes their ids; new vectors are made beside the old ones.

A cluster's vector is made from its messages' texts. One whose messages changed meanwhile is made again, so whatever
comes in, is erased or is moved by a person while a run waits is in it. The exchange is one short transaction: there are
some ten thousand clusters, however many messages. The next consolidation then moves clusters, as after any growth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from django.db import transaction
from django.db.models import F

from pivotpoint.insights import events
from pivotpoint.insights.gathering import clusters
from pivotpoint.insights.models import (
    ClusterVector,
    IndexState,
    Membership,
    MicroCluster,
    Theme,
    ThemeAction,
    ThemeVector,
)
from pivotpoint.journal.record import record
from pivotpoint.lib import bulk
from pivotpoint.lib.among import among
from pivotpoint.listening.encoders.live import loaded
from pivotpoint.listening.models import EncoderVersion, Reread
from textanalytics.base import Encoder, FloatArray
from textanalytics.text import clean

AT_ONCE = 1_000
"""Messages in one step, or one cluster if that has more."""


def wanted(run: Reread) -> EncoderVersion | None:
    """The encoder that the run leads to."""
    return run.encoder_before if run.state == Reread.State.UNDOING else run.encoder


def prepare(run: Reread) -> int:
    if run.encoder_id is None:
        return 0
    some: list[int] = []
    messages = 0
    for pk, count in stale(run):
        if some and messages + count > AT_ONCE:
            break
        some.append(pk)
        messages += count
    if some:
        _make(run, some)
    return max(messages, len(some))


def stale(run: Reread) -> list[tuple[int, int]]:
    """(cluster, messages) of live clusters whose new vector is missing or outdated."""
    made = dict(ClusterVector.objects.filter(run=run).values_list("cluster", "beside"))
    rows = MicroCluster.objects.filter(folded_into=None).order_by("pk")
    found = rows.values_list("pk", "count", "vector", "seen").iterator(chunk_size=2000)
    return [(pk, count) for pk, count, vector, seen in found if made.get(pk) != _mark(count, vector, seen)]


def _mark(count: int, vector: bytes | memoryview[int], seen: bytes | memoryview[int]) -> str:
    return sha256(b"%d " % count + bytes(vector) + bytes(seen)).hexdigest()[:32]


def _make(run: Reread, some: Sequence[int]) -> None:
    """Marked as they were before their messages were read: what changes meanwhile is stale at once."""
    encoder = loaded(wanted(run))
    rows = MicroCluster.objects.filter(among("pk", list(some)))
    as_it_is = rows.values_list("pk", "count", "vector", "seen")
    marks = {pk: _mark(count, vector, seen) for pk, count, vector, seen in as_it_is}
    totals = _totals(list(marks), encoder)
    there = ClusterVector.objects.filter(among("cluster", list(marks)), run=run)
    with transaction.atomic():
        known = list(there.select_for_update().order_by("cluster"))
        for row in known:
            row.vector, row.beside = totals[row.cluster_id].tobytes(), marks.pop(row.cluster_id)
        bulk.change(known, ("vector", "beside"))
        columns = ("run", "cluster", "vector", "beside")
        values = [(run.pk, pk, totals[pk].tobytes(), mark) for pk, mark in sorted(marks.items())]
        bulk.insert(ClusterVector, columns, values, new_only=True)


def _totals(some: Sequence[int], encoder: Encoder) -> dict[int, FloatArray]:
    """The same text is encoded once a cluster."""
    family = among("cluster", list(some)) | among("cluster__folded_into", list(some))
    members = Membership.objects.filter(family).order_by("pk")
    said: dict[int, Counter[str]] = {pk: Counter() for pk in some}
    for own, stands, text in members.values_list("cluster", "cluster__folded_into", "message__text"):
        said[own if stands is None else stands][clean(text)] += 1
    texts = [text for counts in said.values() for text in counts]
    vectors = encoder.encode(texts)
    found: dict[int, FloatArray] = {}
    start = 0
    for pk, counts in said.items():
        weights = np.fromiter(counts.values(), np.float32, len(counts))
        found[pk] = np.asarray(weights @ vectors[start : start + len(counts)], np.float32)
        start += len(counts)
    return found


def settle(run: Reread) -> bool:
    if run.encoder_id is None:
        return True
    state = clusters.locked()
    late = stale(run)
    if sum(count for _, count in late) > AT_ONCE:
        return False
    if late:
        _make(run, [pk for pk, _ in late])
    touched = _exchange(run, state)
    encoder = loaded(wanted(run))
    state.state |= {"dimensions": encoder.dimensions}
    state.encoder = encoder.name
    undoing = run.state == Reread.State.UNDOING
    # An undone run leaves nothing to bring in order; an accepted one everything.
    state.consolidated = state.gathered if undoing else 0
    state.save(update_fields=["state", "encoder", "consolidated"])
    Theme.objects.filter(pk__in=touched).update(uncounted=F("uncounted") + 1)
    ThemeVector.objects.all().delete()
    clusters.keep_vectors(Theme.objects.filter(merged_into=None).values_list("pk", flat=True))
    return True


def _exchange(run: Reread, state: IndexState) -> set[int]:
    """Both vectors change places; when undoing, clusters go back to their themes. The themes that this touched."""
    others = {row.cluster_id: row for row in ClusterVector.objects.filter(run=run)}
    standing = MicroCluster.objects.select_for_update().filter(folded_into=None).order_by("pk")
    rows = list(standing.defer("samples"))
    homes = {row.pk: others[row.pk].theme_id for row in rows}
    for row in rows:
        other = others[row.pk]
        other.vector, row.vector = bytes(row.vector), bytes(other.vector)
        other.beside, other.theme_id = _mark(row.count, row.vector, row.seen), row.theme_id
    bulk.change(rows, ("vector",))
    bulk.change([others[row.pk] for row in rows], ("vector", "beside", "theme"))
    return _home(rows, homes, state) if run.state == Reread.State.UNDOING else set()


def _home(rows: Sequence[MicroCluster], homes: dict[int, int | None], state: IndexState) -> set[int]:
    """Whatever a person decided since stays; what came in since stays where it came."""
    moved: dict[int, list[int]] = {}
    left: set[int] = set()
    for row in rows:
        home = homes[row.pk]
        if home is not None and home != row.theme_id and not row.held:
            moved.setdefault(home, []).append(row.pk)
            left |= {row.theme_id} - {None}  # type: ignore[arg-type]
    for theme, pks in sorted(moved.items()):
        family = among("pk", pks) | among("folded_into", pks)
        MicroCluster.objects.filter(family).update(theme=theme)
    _back(set(moved), state)
    return set(moved) | left


def _back(themes: set[int], state: IndexState) -> None:
    """Themes that the other encoder had merged are themes again; who followed them is told."""
    by_hand = ThemeAction.objects.filter(kind=ThemeAction.Kind.MERGE, undone_at=None).values("theme")
    gone = Theme.objects.filter(pk__in=themes).exclude(merged_into=None).exclude(pk__in=by_hand)
    for theme in list(gone):
        Theme.objects.filter(pk=theme.pk).update(merged_into=None)
        state.state["aliases"].pop(str(theme.pk), None)
        record(events.UNDONE, theme, kind="encoder", other=theme.merged_into_id)


def drop(run: Reread) -> None:
    rows = ClusterVector.objects.filter(run=run)
    rows._raw_delete(rows.db)
