"""Open feeds, and how it goes with each."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from pivotpoint.enterprise.models import Feed, FeedDelivery

State = FeedDelivery.State


def open_feeds(user: Any) -> QuerySet[Feed]:
    """Each with `waiting`, `dead` (stopped after all tries) and `last_sent`. One query."""
    rows: QuerySet[Feed] = Feed.objects.visible_to(user).filter(closed_at=None)
    return rows.annotate(
        waiting=Count("deliveries", filter=Q(deliveries__state__in=(State.QUEUED, State.SENDING))),
        dead=Count("deliveries", filter=Q(deliveries__state=State.DEAD)),
        last_sent=Max("deliveries__sent_at"),
    ).order_by("pk")
