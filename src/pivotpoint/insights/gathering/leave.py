"""Messages leave their themes: one read anew that is not about us, or one whose import was taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from pivotpoint.channels.imports import take_back
from pivotpoint.channels.models import ImportRun
from pivotpoint.insights.gathering import clusters
from pivotpoint.insights.gathering.matters import themes_with
from pivotpoint.insights.models import Insight, Membership, Theme
from pivotpoint.lib import bulk
from pivotpoint.lib.among import among


def leave(rows: Sequence[Membership]) -> None:
    """Take these messages out of their clusters."""
    if rows:
        clusters.locked()
        Membership.objects.filter(among("pk", [row.pk for row in rows])).delete()
        clusters.rebuild({row.cluster_id for row in rows})


@take_back.leaving
def leave_all(messages: Sequence[int]) -> None:
    """Of an import that is taken back; the themes are counted again by the next sweep."""
    rows = list(Membership.objects.filter(among("pk", messages)).select_related("cluster"))
    themes = Counter(themes_with([row.pk for row in rows]))
    themes.update(row.cluster.theme_id for row in rows if row.cluster.theme_id is not None)
    leave(rows)
    bulk.add(Theme, "uncounted", dict(themes))


def touched(run: ImportRun) -> QuerySet[Insight]:
    """The insights behind which words of this import stand."""
    theirs = Membership.objects.filter(message__import_run=run, cluster__theme=OuterRef("pk"))
    return Insight.objects.standing().filter(Exists(theirs))


@take_back.counts
def insights(run: ImportRun) -> list[tuple[str, int]]:
    others = Membership.objects.filter(cluster__theme=OuterRef("pk")).exclude(message__import_run=run)
    ours = touched(run)
    return [
        ("Insights that would lose people", ours.count()),
        ("Insights behind which nobody would be left", ours.exclude(Exists(others)).count()),
    ]
