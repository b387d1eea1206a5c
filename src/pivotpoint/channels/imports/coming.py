"""Whether a large file is on its way in, so that whoever works on its messages can make ready."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q

from pivotpoint.channels.models import ImportRun
from pivotpoint.lib import clock

State = ImportRun.State
MAPPED = timedelta(minutes=10)
"""So long after the upload a person is thought to be still mapping its columns."""


def is_coming(least: int) -> bool:
    """An import with so many rows yet to take in is under way, or is about to be."""
    drafted = Q(state=State.DRAFT, created_at__gte=clock.now() - MAPPED)
    open_ = Q(state__in=(State.QUEUED, State.RUNNING), dry_run=False)
    large = ImportRun.objects.filter(done_rows__lte=F("total_rows") - least)
    return large.filter(drafted | open_).exists()
