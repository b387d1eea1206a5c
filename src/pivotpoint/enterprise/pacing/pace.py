"""Rate limits: how many hand-offs a system gets at once and per minute, as set on its destinations.

Destinations of the same kind at the same address are one system: what one of them sends counts for all.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from pivotpoint.lib import clock
from pivotpoint.pivot.models import Attempt, Destination, Handoff

MINUTE = timedelta(seconds=60)


def limited() -> QuerySet[Destination]:
    return Destination.objects.exclude(at_once=None, per_minute=None)


def full() -> list[int]:
    """Ids of destinations that have reached a limit now."""
    return [destination.pk for destination in limited() if is_full(destination)]


def is_full(destination: Destination) -> bool:
    going = Handoff.objects.filter(destination__in=same_system(destination), state=Handoff.State.SENDING)
    if destination.at_once is not None and going.count() >= destination.at_once:
        return True
    if destination.per_minute is None:
        return False
    lately = Attempt.objects.filter(
        handoff__destination__in=same_system(destination), at__gt=clock.now() - MINUTE
    )
    return lately.count() + going.count() >= destination.per_minute


def hold(handoff: int) -> Destination | None:
    """The hand-off's destination if it has limits, else None. It is locked together with its system until the
    transaction ends, so that two workers count one after the other.
    """
    destination = limited().filter(handoffs=handoff).first()
    if destination is not None:
        list(same_system(destination).select_for_update().order_by("pk").values_list("pk", flat=True))
    return destination


def same_system(destination: Destination) -> QuerySet[Destination]:
    own, url = Q(pk=destination.pk), destination.config.get("url")
    same = Q(kind=destination.kind, config__url=url) if url else own
    return Destination.objects.filter(own | same)
