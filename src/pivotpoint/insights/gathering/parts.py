"""Tell what is said in the parts of themes, or of the things that they are called by: when they were titled, and when they have grown since.
The row is the queue entry."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from pivotpoint.insights.counting.parts import count_parts
from pivotpoint.insights.gathering.busy import is_busy
from pivotpoint.insights.models import IndexState, PartCluster, Theme, ThemePart
from pivotpoint.insights.naming.parts import LEAST, Found, parts_of, title_beside
from pivotpoint.lib import bulk
from pivotpoint.listening.encoders.live import live_encoder

LIMIT = 20
"""Themes that are looked at in one sweep: it takes some seconds."""

GROWN, WORDED = 2, 1.2
"""How many times as many messages as when it was looked at make it worth to look again; and where what was told is told by words, of which
nobody knows whether those who have come since say them."""

LONGEST = 160


def tell_parts(limit: int = LIMIT) -> int:
    """Look at themes that are due; how many. Nothing while more is on its way in."""
    themes = due(limit)
    if not themes or is_busy():
        return 0
    state = IndexState.objects.first()
    if state is None or state.encoder != live_encoder().name:
        return 0
    found = parts_of(themes)
    return sum(_tell(theme, found[theme.pk], state.stamp) for theme in themes)


def due(limit: int) -> list[Theme]:
    """Themes that are to be looked at."""
    worded = Exists(ThemePart.objects.filter(theme=OuterRef("pk"), worded=True))
    grown = Q(messages__gte=GROWN * F("parted_for")) | Q(worded, messages__gte=WORDED * F("parted_for"))
    rows = Theme.objects.live().filter(grown, vague=False, mixed=False, messages__gte=LEAST)
    return list(rows.order_by("pk")[:limit])


def _tell(theme: Theme, found: Found, stamp: int) -> bool:
    """False if clusters changed meanwhile: the next sweep looks again."""
    with transaction.atomic():
        same = IndexState.objects.select_for_update().get(pk=1).stamp == stamp
        row = Theme.objects.select_for_update().get(pk=theme.pk)
        if not same or row.title != theme.title:
            return False
        _write(row, found)
        if found.parts and row.title_open and row.titled_by_id is None:
            others = Theme.objects.filter(merged_into=None).exclude(pk=row.pk)
            new = title_beside(row.title, found, others.values_list("title", flat=True))[:LONGEST]
            row.title, row.subject = new, found.subject if new == found.called else row.subject
        row.title_open, row.parted_for = False, max(row.messages, 1)
        row.save(update_fields=["title", "subject", "title_open", "parted_for"])
    return True


def _write(theme: Theme, found: Found) -> None:
    """A part that is called as one was before is that one: links to it stay."""
    told = {said[:LONGEST]: clusters for said, clusters in found.parts.items()}
    known = ThemePart.objects.filter(theme=theme)
    known.exclude(said__in=told).delete()
    PartCluster.objects.filter(part__theme=theme).delete()
    new = told.keys() - set(known.values_list("said", flat=True))
    ThemePart.objects.bulk_create(ThemePart(theme=theme, said=said) for said in told if said in new)
    known.update(titled=False, worded=found.worded)
    known.filter(said__in=found.titled).update(titled=True)
    parts = dict(known.values_list("said", "pk"))
    rows = [(cluster, parts[said]) for said, clusters in told.items() for cluster in clusters]
    bulk.insert(PartCluster, ("cluster", "part"), rows, renew=("part",))
    count_parts([theme.pk])
