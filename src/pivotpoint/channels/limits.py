"""Rate limits: requests a minute from one address, counted across all web processes."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from pivotpoint.channels.models import Arrivals
from pivotpoint.lib import clock

KEPT = timedelta(hours=1)


@transaction.atomic
def let_in(door: str, address: str, per_minute: int) -> bool:
    """Count a request to `door` ("form:<key>"); False when there are more than `per_minute` in this minute."""
    row, _ = Arrivals.objects.get_or_create(
        door=door[:60],
        address=salted_hmac("pivotpoint.arrivals", address, algorithm="sha256").hexdigest(),
        minute=clock.now().replace(second=0, microsecond=0),
    )
    Arrivals.objects.filter(pk=row.pk).update(count=F("count") + 1)
    row.refresh_from_db(fields=["count"])
    return row.count <= per_minute


def forget_old() -> int:
    """Delete counts that are older than an hour."""
    return Arrivals.objects.filter(minute__lt=clock.now() - KEPT).delete()[0]
