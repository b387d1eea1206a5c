"""Destinations in reserve: they get a loop only if all destinations before them fail."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.prepared import any_of
from pivotpoint.pivot import handoffs
from pivotpoint.pivot.models import Handoff
from pivotpoint.pivot.payload import ERASED

State = Handoff.State


def fall_back(limit: int = 100) -> int:
    """Release the hand-offs in reserve that are needed now; returns the number."""
    if not _any_in_reserve():
        return 0
    needed = list(_needed().order_by("pk").values_list("pk", flat=True)[:limit])
    return sum(_one(pk) for pk in needed)


_any_in_reserve = any_of(lambda: Handoff.objects.filter(state=State.RESERVE))


@transaction.atomic
def _one(pk: int) -> int:
    """Under a lock on all of the loop's hand-offs, so that none of them is claimed while it is passed over."""
    reserve = Handoff.objects.select_related("loop", "destination").get(pk=pk)
    rows = Handoff.objects.select_for_update().filter(loop=reserve.loop_id).order_by("pk")
    before = [each.pk for each in rows if each.pk < pk]
    if not _needed().filter(pk=pk).exists() or not handoffs.release(reserve):
        return 0
    Handoff.objects.filter(pk__in=before, state=State.QUEUED).update(state=State.PASSED)
    record("pivot.handoff_fell_back", reserve, loop=reserve.loop_id, destination=reserve.destination_id)
    return 1


def _needed() -> QuerySet[Handoff]:
    """In reserve, of an open loop, and nothing before it has got through or still may."""
    real = Handoff.objects.filter(loop=OuterRef("loop")).exclude(payload__type=ERASED)
    newer = real.filter(destination=OuterRef("destination"), pk__gt=OuterRef("pk"))
    well = real.filter(~Exists(newer), pk__lt=OuterRef("pk")).exclude(_stuck())
    return Handoff.objects.filter(
        state=State.RESERVE, loop__closed_at=None, destination__closed_at=None
    ).exclude(Exists(well))


def _stuck() -> Q:
    """Stopped for good, left to another, or waiting for a destination that rests because it fails again and again."""
    rests = Q(state=State.QUEUED, destination__rests_until__gt=clock.now())
    return Q(state__in=(State.DEAD, State.PASSED)) | rests
