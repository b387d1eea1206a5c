"""Who is behind a loop, and who of them has no notice yet."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from pivotpoint.experiences.models import Change, Notice
from pivotpoint.insights.models import Backing
from pivotpoint.listening.models import Reading
from pivotpoint.pivot.models import Loop


def behind(loop: Loop) -> QuerySet[Backing]:
    """Whoever has joined the theme, also after the hand-over; each person once."""
    return Backing.objects.filter(theme=loop.insight_id, customer__erased_at=None)


def without_notice(loop: Loop, change: Change | None, limit: int) -> list[int]:
    """Ids of people who have not been written a notice about this change (None: the declining)."""
    noted = Notice.objects.filter(loop=loop, change=change).values("customer")
    people = behind(loop).exclude(customer__in=noted).order_by("first_at", "customer")
    return list(people.values_list("customer_id", flat=True)[:limit])


def languages(loop: Loop, people: Sequence[int]) -> dict[int, str]:
    """The language each of them last spoke in about this."""
    spoken = Reading.objects.filter(
        message__membership__cluster__theme=loop.insight_id, message__membership__customer__in=people
    ).order_by("message__said_at")
    return dict(spoken.values_list("message__membership__customer_id", "language"))
