"""Circuit breaker: a destination that keeps failing rests, so that it is not called for every waiting hand-off."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from pivotpoint.lib import clock
from pivotpoint.pivot.models import Destination

FAILURES = 5
REST = timedelta(seconds=60)


def went_well(destination: Destination) -> None:
    if destination.failures or destination.rests_until:
        Destination.objects.filter(pk=destination.pk).update(failures=0, rests_until=None)
        destination.failures, destination.rests_until = 0, None


def failed(destination: Destination) -> None:
    """Count a failure. After a rest one hand-off is tried; if it fails too, the next rest begins."""
    row = Destination.objects.filter(pk=destination.pk)
    row.update(failures=F("failures") + 1)
    row.filter(failures__gte=FAILURES).update(rests_until=clock.now() + REST)
