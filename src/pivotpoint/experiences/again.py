"""A loop opens again when people keep coming with what was said to be done."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from pivotpoint.accounts.models import Installation
from pivotpoint.experiences import audience
from pivotpoint.experiences.models import Telling
from pivotpoint.lib import clock
from pivotpoint.pivot import loops as loop_verbs
from pivotpoint.pivot.models import Attachment, Loop, Stage
from pivotpoint.pivot.refused import Refused

CHANGED = (Stage.DELIVERED, Stage.TOLD, Stage.CONFIRMED)
"""Stages in which the change is said to be live."""
GRACE = timedelta(days=3)
"""What happened before a change went live is still complained about for some days."""


def reopen(loop: Loop, reason: str, *, by: Any = None) -> bool:
    """Whether it could be; not when the same insight is open at the same pivot already."""
    try:
        loop_verbs.reopen(loop, reason[:500], by=by)
    except Refused:
        return False
    return True


def reopen_where_people_still_join() -> int:
    """Loops that were told and whose theme enough new people have joined since; how many reopened."""
    told = Telling.objects.current().filter(
        loop__stage__in=(Stage.TOLD, Stage.CONFIRMED), change__taken_back_at=None
    )
    along = Exists(Attachment.objects.standing().filter(loop=OuterRef("loop")))
    rows = told.exclude(change=None).select_related("change", "loop__insight__theme", "loop__pivot")
    enough = Installation.here().trend_from
    return sum(_still_joined(telling, enough) for telling in rows.annotate(along=along))


def _still_joined(telling: Telling, enough: int) -> bool:
    after = _since(telling) + GRACE
    last_at = telling.loop.insight.theme.last_at
    quiet = last_at is None or last_at < after
    if quiet and not telling.along:  # type: ignore[attr-defined]
        return False
    joined = audience.behind(telling.loop).filter(first_at__gte=after).count()
    if joined < enough:
        return False
    return reopen(telling.loop, f"{joined} more people joined after “{telling.change}” went live.")


def _since(telling: Telling) -> datetime:
    """The beginning of the day on which the change went live."""
    day = telling.change.live_since if telling.change else clock.today()
    return timezone.make_aware(datetime.combine(day, time()))
