"""Consolidate the themes when enough messages have come in. Ids and people's decisions stay."""

from __future__ import annotations

from collections.abc import Set
from datetime import timedelta
from functools import cache

from django.db import transaction
from django.db.models import F, Q, Sum

from pivotpoint.insights import events
from pivotpoint.insights.counting.count import recount
from pivotpoint.insights.gathering import memory
from pivotpoint.insights.gathering.busy import is_busy
from pivotpoint.insights.gathering.moods import felt
from pivotpoint.insights.gathering.wording import worded
from pivotpoint.insights.models import IndexState, MicroCluster, Theme
from pivotpoint.insights.naming.titles import naming_new, reading_early
from pivotpoint.insights.wider.widen import read_words, widen
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.disk import may_be_repeated
from textanalytics.themes import Consolidation

GROWN, GROWN_WHILE_BUSY, FIRST = 1.2, 8.0, 12_000
"""How many times as many messages as at the last run make another one worth its seconds. While
messages stream in, the first run comes after about FIRST, so that those behind it find themes to join."""
SMALL = 3_000
"""Up to so many messages a run takes a moment, and one message without a theme is reason enough."""
PATIENCE = timedelta(minutes=10)
TENTH = 10


def consolidate() -> int:
    """Consolidate if it is due; returns how many clusters moved. Computing takes no database lock."""
    return put_in_order() if is_due() else 0


def put_in_order() -> int:
    """Consolidate now; how many clusters moved."""
    behind = _behind()
    try:
        with memory.held() as copy:
            early = reading_early(copy.index.texts())
            run = copy.index.consolidate(early, felt(copy.index), worded())
            # The counts that follow are forced to disk, and this with them.
            with may_be_repeated(), transaction.atomic():
                dirty = memory.save(copy, consolidated=True)
                _keep_kinship(run)
                _name_again(run, dirty)
                changed = Q(pk__in=dirty) | behind
                recounted = set(Theme.objects.filter(changed).values_list("pk", flat=True))
                Theme.objects.filter(pk__in=recounted).update(uncounted=F("uncounted") + 1)
                memory.keep_vectors(copy, {int(theme) for theme in set(run.themes.tolist()) if theme >= 0})
    except memory.Stale:
        return 0  # A person changed a theme meanwhile; the next sweep begins with what they decided.
    words = cache(read_words)
    with naming_new(meanwhile=words) as title:
        recount(recounted, title=title)
    widen(words())
    return max(len(run.moved), 1)


def _behind() -> Q:
    """Which themes are counted to the last message besides those that change: at the end of an import all, also large ones that few
    have joined since, which rest otherwise (`count_due`)."""
    ends = _growth(IndexState.objects.first()) >= GROWN and not is_busy()
    return Q(uncounted__gt=0) if ends else Q(pk__in=())


def _growth(state: IndexState | None) -> float:
    """How many times as many messages as at the last run."""
    return state.gathered / (state.consolidated or 0.1) if state else 0.0


def is_due() -> bool:
    """Enough growth, or messages that wait for a theme."""
    state = IndexState.objects.first()
    if state is None or state.gathered == state.consolidated:
        return False
    grown = _growth(state)
    if is_busy():
        return state.gathered >= FIRST and grown >= GROWN_WHILE_BUSY
    if grown >= GROWN:
        return True
    waiting = MicroCluster.objects.filter(theme=None, count__gt=0).exists()
    rested = state.consolidated_at is None or clock.now() - state.consolidated_at >= PATIENCE
    return waiting and (state.gathered <= SMALL or rested)


def _keep_kinship(run: Consolidation) -> None:
    for gone, into in sorted(run.aliases.items()):
        _follow(gone, into)
    for child, parent in sorted(run.parents.items()):
        Theme.objects.filter(pk=child, parent=None).update(parent=parent)


def _name_again(run: Consolidation, changed: Set[int]) -> None:
    """A theme of which a tenth or more became one of its own may have been called by just that: it gets a new title, unless a
    person named it. So does what was mixed and has changed: it may have a matter now."""
    parted = {*run.parents, *run.parents.values()}
    rows = MicroCluster.objects.filter(theme__in=parted).values_list("theme")
    sizes: dict[int, int] = dict(rows.annotate(messages=Sum("count"))) if parted else {}
    again = [
        parent
        for child, parent in run.parents.items()
        if TENTH * sizes.get(child, 0) >= sizes.get(parent, 0) + sizes.get(child, 0)
    ]
    unsure = Q(pk__in=again) | Q(pk__in=changed, mixed=True)
    Theme.objects.filter(unsure, titled_by=None, vague=False).update(titled_for=0)


def _follow(gone: int, into: int) -> None:
    """A theme that went into another: whoever works on it follows by the event."""
    theme = Theme.objects.filter(pk=gone, merged_into=None).first()
    if theme is None or not Theme.objects.filter(pk=into).exists():
        return
    Theme.objects.filter(pk=gone).update(merged_into=into)
    record(events.MERGED, Theme.objects.get(pk=into), gone=gone, into=into)
