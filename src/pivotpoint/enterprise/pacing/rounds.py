"""Rows that are visited again and again, one worker at a time (`claimed_at`), when they are due (`due_at`)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q

from pivotpoint.lib import clock
from pivotpoint.lib.lease import unclaimed

PAUSE = timedelta(seconds=20)
"""Between two rounds."""
LONGEST = timedelta(minutes=15)
"""Between two tries when the other side fails."""
LEASE = timedelta(seconds=90)


def due() -> Q:
    return unclaimed(LEASE) & Q(due_at__lte=clock.now())


def put_off(failures: int, error: str) -> dict[str, Any]:
    """What to write to a row after one more failure: the next visit is twice as far away."""
    return {
        "due_at": clock.now() + min(LONGEST, PAUSE * 2 ** min(failures, 10)),
        "claimed_at": None,
        "failures": failures + 1,
        "error": error[:2000],
    }
