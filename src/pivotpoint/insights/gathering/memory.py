"""The theme index in this process, and its rows, which are the truth.

Whoever changes the index writes the changed rows in the same transaction as the facts that changed it. A kill
loses the copy in memory, never a row; the next call loads the rows.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

import numpy as np
from django.db import transaction

from pivotpoint.insights.ladder.climb import DETAIL
from pivotpoint.insights.models import IndexState, MicroCluster, Theme, ThemeVector
from pivotpoint.lib import bulk, clock, stored
from pivotpoint.listening.encoders.live import live_encoder, shipped_name
from textanalytics.base import IntArray
from textanalytics.themes import MicroRow, ThemeIndex

COLUMNS = ("id", "theme", "folded_into", "held", "count", "vector", "samples", "seen")
_lock = RLock()


class Stale(Exception):
    """Another process has changed the rows since this copy was loaded."""


@dataclass
class Held:
    """The index; the stamp of the rows it equals; whose vectors it is made of; each micro-cluster's theme as its row says."""

    index: ThemeIndex
    stamp: int
    encoder: str
    written: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))


_held: Held | None = None


@contextmanager
def held() -> Iterator[Held]:
    """The up-to-date index for one piece of work. Whatever goes wrong meanwhile, the next caller loads anew."""
    global _held  # noqa: PLW0603 one index a process: it is 100 MB at its largest
    with _lock:
        try:
            _held = _current(_held)
            yield _held
        except BaseException:
            _held = None
            raise


def _current(known: Held | None) -> Held:
    state = IndexState.objects.first()
    if state is None or not state.stamp:
        return _new()
    if known is not None and known.stamp == state.stamp:
        return known
    return load(state)


def _new() -> Held:
    encoder = live_encoder()
    index = ThemeIndex(encoder.dimensions, detail=DETAIL)
    index.new_theme()  # Themes are counted from 1.
    return Held(index, 0, encoder.name)


def new_state() -> dict[str, Any]:
    """The scalars of an index that holds nothing yet."""
    return _new().index.state()


def load(state: IndexState) -> Held:
    """The index as its rows say."""
    rows = rows_of(lambda _, total: bytes(total))
    written = np.array([row.theme for row in rows], np.int64)
    index = ThemeIndex.from_rows(rows, state.state)
    return Held(index, state.stamp, state.encoder or shipped_name(), written)


def rows_of(total: Callable[[int, bytes], bytes]) -> list[MicroRow]:
    """The clusters' rows; `total` gives the sum of one's vectors, by its key and what its row has."""
    return [
        MicroRow(
            id=pk,
            theme=-1 if theme is None else theme,
            folded_into=-1 if folded is None else folded,
            held=is_held,
            count=count,
            total=total(pk, vector),
            samples=tuple(samples),
            seen=bytes(seen),
        )
        for pk, theme, folded, is_held, count, vector, samples, seen in MicroCluster.objects.order_by("pk")
        .values_list(*COLUMNS)
        .iterator(chunk_size=2000)
    ]


def save(copy: Held, *, gathered: int = 0, consolidated: bool = False) -> set[int]:
    """Write what changed, in the caller's transaction; the themes whose messages or clusters changed.

    Raises Stale when the rows are not those that the copy was loaded from.
    """
    state = _locked(copy)
    dirty = _write_clusters(copy)
    state.stamp = copy.stamp = secrets.randbits(62) + 1
    state.state, state.encoder = copy.index.state(), copy.encoder
    state.gathered += gathered
    if consolidated:
        state.consolidated, state.consolidated_at = state.gathered, clock.now()
    state.save()
    return dirty


def _locked(copy: Held) -> IndexState:
    assert transaction.get_connection().in_atomic_block  # noqa: S101 a programming error, not a condition
    IndexState.objects.get_or_create(pk=1)
    state = IndexState.objects.select_for_update().get(pk=1)
    if state.stamp != copy.stamp:
        raise Stale
    return state


def _write_clusters(copy: Held) -> set[int]:
    index = copy.index
    themes = index.themes_of(np.arange(len(index)))
    known = np.full(len(themes), -1, np.int64)
    known[: len(copy.written)] = copy.written
    moved = np.flatnonzero(themes != known)
    new = _make_themes(set(themes[moved].tolist()) - {-1}, index.vague)
    changed = index.changed()
    bulk.insert(MicroCluster, COLUMNS, _values(index.rows(changed)), renew=COLUMNS[1:])
    _write_moves(np.setdiff1d(moved, changed, assume_unique=True), themes)
    copy.written = themes
    dirty = set(known[moved].tolist()) | set(themes[moved].tolist()) | set(themes[changed].tolist()) | new
    return dirty - {-1}


def _write_moves(moved: IntArray, themes: IntArray) -> None:
    """Most of a run's work: clusters that are as they were, in another theme."""
    rows = [
        (None if theme < 0 else theme, pk)
        for pk, theme in zip(moved.tolist(), themes[moved].tolist(), strict=True)
    ]
    bulk.put(MicroCluster, ("theme",), rows)


def _values(rows: Sequence[MicroRow]) -> list[tuple[object, ...]]:
    return [
        (
            row.id,
            None if row.theme < 0 else row.theme,
            None if row.folded_into < 0 else row.folded_into,
            row.held,
            row.count,
            row.total,
            samples,
            row.seen,
        )
        for row, samples in zip(rows, stored.documents(row.samples for row in rows), strict=True)
    ]


def _make_themes(ids: set[int], vague: int) -> set[int]:
    """Rows for themes that the index has made; naming.py gives them their titles."""
    new = ids - set(Theme.objects.filter(pk__in=ids).values_list("pk", flat=True))
    titles = {vague: "Short replies and thanks"}
    Theme.objects.bulk_create(
        Theme(pk=pk, title=titles.get(pk, f"Theme {pk}"), vague=pk == vague, titled_for=int(pk == vague))
        for pk in sorted(new)
    )
    return new


def keep_vectors(copy: Held, themes: set[int]) -> None:
    """The middles of these themes, for `similar`."""
    rows = [(pk, copy.index.centroid(pk).astype(np.float32).tobytes()) for pk in sorted(themes)]
    bulk.insert(ThemeVector, ("theme", "vector"), rows, renew=("vector",))
