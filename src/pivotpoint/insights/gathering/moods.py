"""Who praises and who blames: known of every message in a theme, so that a consolidation can tell them apart."""

from __future__ import annotations

from itertools import islice

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from pivotpoint.insights.cluster_moods import all_moods, forget_moods
from pivotpoint.insights.models import InsightMark, Membership, Theme, ThemeAction
from pivotpoint.insights.naming.languages import languages
from pivotpoint.lib.among import among
from pivotpoint.lib.prepared import any_of
from pivotpoint.listening.models import Reading
from textanalytics.themes import Felt, ThemeIndex

ASKED = 400
"""Kept texts that tell in which language most is said."""

AT_ONCE = 5_000

Kind = ThemeAction.Kind


def felt(index: ThemeIndex) -> Felt | None:
    """The moods of each cluster's messages, and the themes that people hold; a constant number of queries. None where most is
    German: untaught, its moods are misread too often."""
    moods = all_moods()
    spoken = languages(list(islice(index.texts(), ASKED)))
    if 2 * spoken.count("de") > len(spoken):
        return None
    praise, blame = np.zeros(len(index), np.int64), np.zeros(len(index), np.int64)
    for cluster, (praising, blaming) in moods.items():
        if cluster < len(index):  # Those of which this copy knows nothing make it stale anyway.
            praise[cluster], blame[cluster] = praising, blaming
    return Felt(praise, blame, _whole(), _followed())


def _whole() -> frozenset[int]:
    """What a person named, pinned, merged or split is as they want it."""
    changed = ThemeAction.objects.filter(kind__in=[Kind.MERGE, Kind.SPLIT], undone_at=None)
    of = Q(theme=OuterRef("pk")) | Q(other=OuterRef("pk"))
    pinned = InsightMark.objects.standing().filter(kind=InsightMark.Kind.PIN, insight=OuterRef("pk"))
    rows = Theme.objects.filter(Q(titled_by__isnull=False) | Exists(changed.filter(of)) | Exists(pinned))
    return frozenset(rows.values_list("pk", flat=True))


def _followed() -> frozenset[int]:
    """Where a loop is or was, people work on what is blamed: it keeps its id."""
    rows = Theme.objects.filter(insight__loops__isnull=False).distinct()
    return frozenset(rows.values_list("pk", flat=True))


def recall_moods() -> int:
    """Messages that came in before praise was noted on a membership: note it, AT_ONCE at a time."""
    if not _any_unknown():
        return 0
    waiting = Membership.objects.filter(positive=None).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
    readings = Reading.objects.filter(among("pk", keys), mood="positive")
    pleased = set(readings.values_list("pk", flat=True))
    members = Membership.objects.filter(among("pk", keys))
    with transaction.atomic():
        forget_moods(set(members.values_list("cluster", flat=True)))
        for positive in (True, False):
            some = [pk for pk in keys if (pk in pleased) is positive]
            members.filter(among("pk", some)).update(positive=positive)
    return len(keys)


_any_unknown = any_of(lambda: Membership.objects.filter(positive=None))
