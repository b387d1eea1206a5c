"""Who stands behind an insight: people by channel and by segment, who is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, QuerySet, Subquery
from django.utils import timezone

from pivotpoint.customers.models import Customer
from pivotpoint.insights.models import Backing, Theme, ThemeChannel
from pivotpoint.lib import clock

MOST = 6
EARLIEST = Theme.objects.filter(first_at__isnull=False).order_by("first_at").values("first_at")[:1]


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar list; `share` of the longest, 0 to 1."""

    label: str
    people: int
    share: float


@dataclass(frozen=True, slots=True)
class Behind:
    """`new`: joined in the last seven days. `twice`: counted once although they used several channels. `since`: said for the
    first time; None where that is the day from which on anybody is heard, and tells nothing."""

    new: int
    channels: list[Bar]
    segments: list[Bar]
    twice: int
    since: date | None


def behind(theme: Theme) -> Behind:
    """A few queries over the theme's roll-ups."""
    week_ago = clock.now() - timedelta(days=7)
    backings = Backing.objects.filter(theme=theme)
    by_channel = ThemeChannel.objects.filter(theme=theme).order_by("-people", "channel__name")
    rows = list(by_channel.values_list("channel__name", "people", Subquery(EARLIEST)))
    channels = [(name, people) for name, people, _ in rows]
    return Behind(
        new=backings.filter(first_at__gte=week_ago).count(),
        channels=_bars(channels[:MOST]),
        segments=_bars(_segments(backings)),
        twice=max(0, sum(people for _, people in channels) - theme.people),
        since=_since(theme, rows[0][2] if rows else None),
    )


def _since(theme: Theme, first: datetime | None) -> date | None:
    """`first`: when anybody was heard."""
    if theme.first_at is None or first is None:
        return None
    day = timezone.localdate(theme.first_at)
    return day if day > timezone.localdate(first) else None


def _segments(backings: QuerySet[Backing]) -> list[tuple[str, int]]:
    """Where nobody has a segment, nobody's is looked up: the database asks that first, and once.

    "Above nothing" and not "other than nothing": only that is a range of the index.
    """
    anybody = Exists(Customer.objects.filter(segment__gt=""))
    in_one = backings.filter(anybody).filter(customer__segment__gt="")
    by_segment = in_one.values("customer__segment").annotate(n=Count("pk"))
    return list(by_segment.order_by("-n").values_list("customer__segment", "n")[:MOST])


def _bars(rows: list[tuple[str, int]]) -> list[Bar]:
    longest = max((people for _, people in rows), default=1) or 1
    return [Bar(label, people, people / longest) for label, people in rows]
