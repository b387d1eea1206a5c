"""Make a room for an insight's response community."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.enterprise.connectors import kinds
from pivotpoint.enterprise.connectors.contract import Gathers
from pivotpoint.enterprise.models import CommunityRoom
from pivotpoint.insights.models import Insight
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Destination, Pivot
from pivotpoint.pivot.refused import Refused


def gathers(kind: str) -> bool:
    return isinstance(kinds().get(kind), Gathers)


def where(user: Any) -> QuerySet[Destination]:
    """Destinations whose account can make rooms."""
    able = [kind for kind in kinds() if gathers(kind)]
    pivots = Pivot.objects.visible_to(user).live()
    return Destination.objects.filter(pivot__in=pivots, closed_at=None, kind__in=able).order_by("pk")


@transaction.atomic
def open_room(insight: Insight, destination: Destination, *, by: Any) -> CommunityRoom:
    """A row that waits; the sweep makes the room there (keep.py). An insight has one room, whoever asks again."""
    demand(by, "room.write")
    if destination.closed_at or not gathers(destination.kind):
        raise Refused(f"{destination} makes no rooms.")
    room, new = CommunityRoom.objects.get_or_create(
        insight=insight, defaults={"destination": destination, "opened_by": user_of(by)}
    )
    if new:
        record("enterprise.room_opened", insight, by=by, room=room.pk, destination=destination.pk)
    return room


def look_again(insight: int) -> None:
    """Something was said: do not wait for the next round."""
    CommunityRoom.objects.filter(insight=insight).update(due_at=clock.now())
