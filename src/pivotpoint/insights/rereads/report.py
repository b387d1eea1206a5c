"""What another encoder would make of the themes: the index is brought in order with its vectors, in memory only."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.db.models import Count

from pivotpoint.insights.gathering.memory import rows_of
from pivotpoint.insights.gathering.moods import felt
from pivotpoint.insights.models import ClusterVector, IndexState, Membership, Theme
from pivotpoint.lib.among import among
from pivotpoint.listening.models import Reread
from pivotpoint.listening.rereads.moves import reports
from textanalytics.themes import ThemeIndex

SHOWN = 20


@reports("encoder")
def encoder_report(run: Reread) -> dict[str, Any]:
    """Empty when the encoder stays the same. Themes by their keys, as in the rest of the report."""
    state = IndexState.objects.first()
    if run.encoder is None or run.encoder_before is None:
        return {}
    named = {"from": run.encoder_before.name, "to": run.encoder.name}
    if state is None or not state.stamp:
        return named | {"messages": 0, "people": 0, "themes": [0, 0], "gone": 0, "new": 0, "most": []}
    index = _with_other_vectors(run, state)
    every = np.arange(len(index))
    before = index.themes_of(every)
    index.consolidate(felt=felt(index))
    after = index.themes_of(every)
    moved = np.flatnonzero((before != after) & (before >= 0))
    members = Membership.objects.filter(among("cluster", moved.tolist()))
    sums = members.aggregate(messages=Count("pk"), people=Count("customer", distinct=True))
    return named | sums | _themes(before.tolist(), after.tolist()) | {"most": _most(moved.tolist())}


def _with_other_vectors(run: Reread, state: IndexState) -> ThemeIndex:
    vectors = dict(ClusterVector.objects.filter(run=run).values_list("cluster", "vector"))
    assert run.encoder is not None  # noqa: S101 the caller's condition
    empty = bytes(4 * run.encoder.dimensions)
    rows = rows_of(lambda pk, total: bytes(vectors.get(pk, empty)))
    return ThemeIndex.from_rows(rows, {**state.state, "dimensions": run.encoder.dimensions})


def _themes(before: list[int], after: list[int]) -> dict[str, Any]:
    was, will = set(before) - {-1}, set(after) - {-1}
    return {"themes": [len(was), len(will)], "gone": len(was - will), "new": len(will - was)}


def _most(moved: list[int]) -> list[dict[str, int]]:
    """The themes of which most people would move, with how many there are."""
    rows = Membership.objects.filter(among("cluster", moved)).exclude(cluster__theme=None)
    touched = rows.order_by().values("cluster__theme").annotate(n=Count("customer", distinct=True))
    counts = touched.order_by("-n", "cluster__theme").values_list("cluster__theme", "n")[:SHOWN]
    people = dict(Theme.objects.filter(pk__in=[pk for pk, _ in counts]).values_list("pk", "people"))
    return [{"theme": pk, "touched": count, "people": people[pk]} for pk, count in counts]
