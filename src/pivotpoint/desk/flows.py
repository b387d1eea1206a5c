"""Where people's words went: each person once, at the place that is furthest on their way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from pivotpoint.channels.models import Conversation
from pivotpoint.experiences.models import Notice, Verdict
from pivotpoint.insights.models import Membership
from pivotpoint.jobs import kept
from pivotpoint.lib import clock
from pivotpoint.pivot.models import STAGES, Attachment, Loop, Passage, Pivot, Stage

PLACES = ("waiting", "held", "collected", "acting", "owed", "told", "confirmed")
"""At a pivot: at its gate, held there, only collected, with the business, to be told, told, said that it helped."""


@dataclass(frozen=True, slots=True)
class Flows:
    """People of the last `days`. heard = answered + low + the sum over pivots; `channels` adds up to heard as well."""

    days: int
    channels: dict[int, int]
    answered: int
    low: int
    pivots: dict[int, dict[str, int]]
    counted_at: datetime

    @property
    def heard(self) -> int:
        return sum(self.channels.values())

    @property
    def at_pivots(self) -> int:
        return sum(sum(places.values()) for places in self.pivots.values())

    @property
    def acting(self) -> int:
        """With the business, not yet delivered."""
        return self.total("acting")

    @property
    def owed(self) -> int:
        return self.total("owed")

    @property
    def told(self) -> int:
        return self.total("told", "confirmed")

    @property
    def confirmed(self) -> int:
        return self.total("confirmed")

    def people(self, pivot: int) -> int:
        return sum(self.pivots.get(pivot, {}).values())

    def passed(self, pivot: int) -> int:
        """People whose insight went through this gate to the business."""
        places = self.pivots.get(pivot, {})
        return sum(places.get(place, 0) for place in PLACES[3:])

    def total(self, *places: str) -> int:
        return sum(at.get(place, 0) for at in self.pivots.values() for place in places)


def flows(days: int) -> Flows:
    """On a large history the kept figure; JSON made the keys text."""
    counted = kept.look("desk.flows", str(days))
    value = counted.value
    return Flows(
        days=days,
        channels={int(pk): people for pk, people in value["channels"].items()},
        answered=value["answered"],
        low=value["low"],
        pivots={int(pk): places for pk, places in value["pivots"].items()},
        counted_at=counted.at,
    )


@kept.figure("desk.flows")
def count(argument: str) -> dict[str, Any]:
    """Eight queries; memory for one entry a person and theme."""
    since = clock.now() - timedelta(days=int(argument))
    channel, themes = _spoke(since)
    conversations = Conversation.objects.filter(last_at__gte=since).exclude(answered_at=None)
    answered = dict(conversations.values_list("customer_id", "channel_id"))
    for customer, where in answered.items():
        channel.setdefault(customer, where)
    ways = _ways()
    told, helped = _told()
    heard: Counter[str] = Counter()
    pivots: dict[str, Counter[str]] = defaultdict(Counter)
    for customer in channel:
        way = _furthest(themes.get(customer, ()), ways)
        if way is not None:
            pivots[str(way[1])][_place(way, customer, told, helped)] += 1
        else:
            heard["answered" if customer in answered else "low"] += 1
    return {
        "channels": {str(pk): people for pk, people in Counter(channel.values()).items()},
        "answered": heard["answered"],
        "low": heard["low"],
        "pivots": {pk: dict(places) for pk, places in pivots.items()},
    }


Way = tuple[int, int, str, int]
"""Position of the pivot, its id, where the insight is there, its loop (0: none)."""


def _spoke(since: datetime) -> tuple[dict[int, int], dict[int, list[int]]]:
    """The channel each person used last, and the themes they spoke to."""
    rows = Membership.objects.filter(
        said_at__gte=since, cluster__theme__vague=False, cluster__theme__about_us=True
    ).order_by()
    grouped = rows.values("customer", "channel", "cluster__theme").annotate(last=Max("said_at"))
    channel: dict[int, int] = {}
    latest: dict[int, datetime] = {}
    themes: dict[int, list[int]] = defaultdict(list)
    for customer, where, theme, last in grouped.values_list("customer", "channel", "cluster__theme", "last"):
        themes[customer].append(theme)
        if customer not in latest or last > latest[customer]:
            latest[customer], channel[customer] = last, where
    return channel, themes


def _ways() -> dict[int, Way]:
    """By theme: its way, a loop before a gate, an open loop before one that has ended."""
    position = dict(Pivot.objects.values_list("pk", "position"))
    ways: dict[int, Way] = {}
    by_loop: dict[int, Way] = {}
    # What is answered at the front line is not at the pivot: its people were answered, or still wait to be.
    for insight, pivot, state in Passage.objects.exclude(state__in=("passed", "answered")).values_list(
        "insight_id", "pivot_id", "state"
    ):
        ways[insight] = (position[pivot], pivot, state, 0)
    loops = Loop.objects.order_by("-closed_at", "opened_at").values_list(
        "pk", "insight_id", "pivot_id", "stage", "closed_at"
    )
    for pk, insight, pivot, stage, _ in sorted(loops, key=lambda loop: loop[4] is None):
        ways[insight] = (position[pivot], pivot, stage, pk)
        by_loop[pk] = ways[insight]
    for insight, loop in Attachment.objects.standing().values_list("insight_id", "loop_id"):
        if insight not in ways or not ways[insight][3]:
            ways[insight] = by_loop[loop]
    return ways


def _told() -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """(loop, person) of those told, and of those who said that it helped."""
    told = Notice.objects.filter(state=Notice.State.TOLD).values_list("loop_id", "customer_id")
    helped = Verdict.objects.filter(answer=Verdict.Answer.HELPED)
    return set(told), set(helped.values_list("notice__loop_id", "notice__customer_id"))


def _furthest(themes: Iterable[int], ways: dict[int, Way]) -> Way | None:
    """The way of this person: with the business before at a gate, then in the order of the pivots."""
    found = [ways[theme] for theme in themes if theme in ways]
    return min(found, key=lambda way: (way[3] == 0, way[0], way[1], way[3])) if found else None


def _place(way: Way, customer: int, told: set[tuple[int, int]], helped: set[tuple[int, int]]) -> str:
    _, _, state, loop = way
    if not loop:
        return state
    if (loop, customer) in helped:
        return "confirmed"
    if (loop, customer) in told:
        return "told"
    owed = state == Stage.DECLINED or STAGES.index(state) >= STAGES.index(Stage.DELIVERED)
    return "owed" if owed else "acting"
