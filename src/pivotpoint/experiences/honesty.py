"""How well we keep our word: people heard → handed over → accepted → delivered → told → confirmed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value

from pivotpoint.channels.models import Conversation
from pivotpoint.experiences.models import Notice, Verdict
from pivotpoint.insights.models import Backing, Rung
from pivotpoint.jobs import kept
from pivotpoint.lib import clock
from pivotpoint.pivot.attach import standing_for
from pivotpoint.pivot.models import STAGES, Attachment, Loop, Stage

STEPS = {
    "heard": "Heard",
    "handed_over": "Handed over",
    "accepted": "Accepted",
    "delivered": "Delivered",
    "told": "Told",
    "confirmed": "Confirmed by them",
}
MOST = 20_000
"""Waiting times are taken from so many of the newest."""


@dataclass(frozen=True, slots=True)
class Honesty:
    """Different people in the last `days`; each step is a part of the one before it.

    Heard: behind something about us that others say too, or that has a loop. A loop that was declined counts as accepted and
    delivered, because its people were owed an answer and got one made. Seconds are medians; None: nobody yet.
    """

    heard: int
    handed_over: int
    accepted: int
    delivered: int
    told: int
    confirmed: int
    answered_within: float | None
    told_within: float | None
    verdicts: int
    helped: int
    days: int
    counted_at: datetime

    @property
    def owed(self) -> int:
        """People who still wait for word."""
        return self.heard - self.told

    @property
    def told_share(self) -> float:
        return self.told / self.heard if self.heard else 0.0

    @property
    def helped_share(self) -> float | None:
        return self.helped / self.verdicts if self.verdicts else None

    @property
    def answered_in(self) -> str:
        return _words(self.answered_within)

    @property
    def told_in(self) -> str:
        return _words(self.told_within)

    @property
    def steps(self) -> list[tuple[str, int]]:
        """Label and people, in the order of the journey."""
        return [(label, getattr(self, key)) for key, label in STEPS.items()]

    def as_dict(self) -> dict[str, Any]:
        """What the API answers."""
        shares = {"owed": self.owed, "told_share": self.told_share, "helped_share": self.helped_share}
        return {**asdict(self), **shares, "counted_at": self.counted_at.isoformat()}


def honesty(days: int = 90) -> Honesty:
    """The figures; on a large history the kept ones."""
    counted = kept.look("experiences.honesty", str(days))
    return Honesty(**counted.value, days=days, counted_at=counted.at)


@kept.figure("experiences.honesty", "90")
def count(argument: str) -> dict[str, Any]:
    """Everything in five statements."""
    since = clock.now() - timedelta(days=int(argument))
    verdicts = _last_verdicts(since)
    return {
        **_people(since),
        "answered_within": _half(_answers(since)),
        "told_within": _half(_tellings(since)),
        "verdicts": verdicts.count(),
        "helped": verdicts.filter(answer=Verdict.Answer.HELPED).count(),
    }


def _people(since: datetime) -> dict[str, int]:
    """Different people at each step, in one statement."""
    recent = Backing.objects.filter(last_at__gte=since, customer__erased_at=None)
    ours = Q(theme__about_us=True, theme__mixed=False) & ~Q(theme__rung=Rung.VOICE)
    shared = ours | Q(theme__in=standing_for(Loop.objects.all()))
    delivered = recent.filter(_reached(Stage.DELIVERED))
    along = Attachment.objects.standing().filter(insight=OuterRef("theme")).values("loop")
    about = Q(customer__notices__loop__insight=F("theme")) | Q(customer__notices__loop__in=along)
    told = Q(customer__notices__state=Notice.State.TOLD) & about
    helped = _last_verdicts(since).filter(answer=Verdict.Answer.HELPED).values("notice")
    steps = {
        "heard": recent.filter(shared, theme__insight__isnull=False),
        "handed_over": recent.filter(_reached(Stage.HANDED_OVER)),
        "accepted": recent.filter(_reached(Stage.ACCEPTED)),
        "delivered": delivered,
        "told": delivered.filter(told),
        "confirmed": delivered.filter(told & Q(customer__notices__in=helped)),
    }
    rows = [
        people.order_by().values(step=Value(step)).annotate(people=Count("customer", distinct=True))
        for step, people in steps.items()
    ]
    first, *others = rows
    return dict(first.union(*others, all=True).values_list("step", "people"))


def _reached(stage: str) -> Q:
    """In a theme whose insight has a loop that came at least so far, or was declined."""
    stages = [*STAGES[STAGES.index(stage) :], Stage.DECLINED]
    return Q(theme__in=standing_for(Loop.objects.filter(moves__stage__in=stages)))


def _last_verdicts(since: datetime) -> QuerySet[Verdict]:
    """Each person's last word about each notice."""
    last = Verdict.objects.filter(notice=OuterRef("notice")).order_by("-at", "-pk").values("pk")[:1]
    return Verdict.objects.filter(at__gte=since, pk=Subquery(last)).order_by()


def _answers(since: datetime) -> list[float]:
    rows = Conversation.objects.filter(opened_at__gte=since, answered_at__isnull=False)
    times = rows.order_by("-opened_at").values_list("opened_at", "answered_at")[:MOST]
    return [(answered - opened).total_seconds() for opened, answered in times if answered]


def _tellings(since: datetime) -> list[float]:
    """From a person's first words to our word to them."""
    said = Backing.objects.filter(theme=OuterRef("loop__insight"), customer=OuterRef("customer"))
    told = Notice.objects.filter(state=Notice.State.TOLD, told_at__gte=since)
    rows = told.annotate(said=Subquery(said.values("first_at")[:1])).exclude(said=None)
    times = rows.order_by("-told_at").values_list("said", "told_at")[:MOST]
    return [(at - said).total_seconds() for said, at in times]


def _half(seconds: Sequence[float]) -> float | None:
    """The time within which half of them were served."""
    ordered = sorted(seconds)
    return max(0.0, ordered[(len(ordered) - 1) // 2]) if ordered else None


def _words(seconds: float | None) -> str:
    """Rounded up to whole hours, or days from two on; empty for nobody yet."""
    if seconds is None:
        return ""
    hours = max(1, math.ceil(seconds / 3600))
    count, unit = (hours, "hour") if hours < 48 else (math.ceil(hours / 24), "day")
    return f"{count} {unit}{'' if count == 1 else 's'}"
