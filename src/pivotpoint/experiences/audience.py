"""Who is behind a loop, and who of them has no notice yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from pivotpoint.experiences.models import Change, Notice
from pivotpoint.insights.models import Backing, Theme
from pivotpoint.listening.models import Reading
from pivotpoint.pivot.attach import insights_of
from pivotpoint.pivot.models import Loop


def behind(loop: Loop) -> QuerySet[Backing]:
    """Whoever has joined a theme that the loop stands for, also after the hand-over; each person once, with when they
    first said any of it."""
    themes = insights_of(loop)
    rows = Backing.objects.filter(theme__in=themes, customer__erased_at=None)
    if len(themes) == 1:
        return rows
    same = Backing.objects.filter(theme__in=themes, customer=OuterRef("customer"))
    earlier = Q(first_at__lt=OuterRef("first_at")) | Q(
        first_at=OuterRef("first_at"), theme__lt=OuterRef("theme")
    )
    return rows.exclude(Exists(same.filter(earlier)))


class Counted(NamedTuple):
    """`themes`: all that the loop stands for."""

    people: int
    at: datetime | None
    themes: list[int]


def titles(loop: Loop, themes: Sequence[int], people: Sequence[int]) -> dict[int, str]:
    """What those said who are only behind an insight that goes along with the loop."""
    rows = Backing.objects.filter(customer__in=people, theme__in=themes).order_by("first_at", "theme")
    said: dict[int, str] = {}
    for customer, theme, title in rows.values_list("customer", "theme", "theme__title"):
        if theme == loop.insight_id:
            said[customer] = title
        said.setdefault(customer, title)
    return said


def without_notice(loop: Loop, change: Change | None, limit: int) -> list[int]:
    """Ids of people who have not been written a notice about this change (None: the declining)."""
    noted = Notice.objects.filter(loop=loop, change=change).values("customer")
    people = behind(loop).exclude(customer__in=noted).order_by("first_at", "customer")
    return list(people.values_list("customer_id", flat=True)[:limit])


def counted(loop: Loop) -> Counted:
    """What the themes said of their counting when we looked: the sum of their people, and the last of the moments."""
    along = loop.attachments.standing().order_by().values("insight")  # type: ignore[attr-defined]
    themes = Theme.objects.filter(Q(pk=loop.insight_id) | Q(pk__in=along))
    rows = list(themes.values_list("pk", "people", "counted_at"))
    moments = [moment for _, _, moment in rows if moment]
    ids = [pk for pk, _, _ in rows]
    return Counted(sum(people for _, people, _ in rows), max(moments, default=None), ids)


def languages(themes: Sequence[int], people: Sequence[int]) -> dict[int, str]:
    """The language each of them last spoke in about this."""
    spoken = Reading.objects.filter(
        message__membership__cluster__theme__in=themes, message__membership__customer__in=people
    ).order_by("message__said_at")
    return dict(spoken.values_list("message__membership__customer_id", "language"))
