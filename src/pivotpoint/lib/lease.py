"""Rows that one worker claims at a time, by a conditional update of their `claimed_at`."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from pivotpoint.lib import clock


def unclaimed(lease: timedelta) -> Q:
    """Claimed by nobody. A claim older than `lease` belonged to a worker that is gone."""
    return Q(claimed_at=None) | Q(claimed_at__lt=clock.now() - lease)
