"""The ladder as a page asks for it: which insights, in which order, how many on each rung."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from pivotpoint.desk import gate_behind
from pivotpoint.desk.days import LATELY
from pivotpoint.insights import intents
from pivotpoint.insights.decisions.foreign import doubtful
from pivotpoint.insights.ladder.ladder import SHELVES as SURE
from pivotpoint.insights.models import Insight, InsightMark, Rung, Theme, ThemeChannel, ThemeDay, talk, unsure
from pivotpoint.lib import clock
from pivotpoint.pivot.decide import undecided
from pivotpoint.pivot.models import Loop, Passage, Stage

PERIODS = {"7": "Last 7 days", "28": "Last 28 days", "90": "Last 90 days", "": "All time"}
LATEST = "28"
"""What the first page shows, unless that is nothing."""
MOODS = {"negative": "Mostly upset", "mixed": "Mixed", "positive": "Mostly calm"}
SORTS = {
    "speed": ("People a day", ["-speed", "-theme__people"]),
    "people": ("People", ["-theme__people"]),
    "recent": ("Last said", ["-theme__last_at"]),
    "severity": ("Severity", ["-severity_order", "-theme__people"]),
    "upset": ("Share upset", ["-upset", "-theme__people"]),
}
UPSET, CALM = 0.6, 0.2
FIRST: dict[str, tuple[Any, ...]] = {
    "": ("shelf",),
    "wider": (F("theme__part_of__people").desc(nulls_last=True), F("theme__part_of").asc(nulls_last=True)),
}
"""What comes before the order that was asked for: the shelf; the wider theme of most people."""
SHELVES = (*SURE, "unsure")
"""From top to bottom: as `listen` shows them, and below them those of which it is less sure that they are one matter."""

TOLD_BY = ("title", "intents", "messages", "subject", "see_also", "part_of")
"""What it takes to tell which themes people complain of the most."""


@dataclass(frozen=True)
class View:
    """A way to look at the ladder that people ask for often."""

    key: str
    label: str
    condition: Q
    sort: str = "speed"
    count: int = 0


def _loop(**conditions: Any) -> Exists:
    return Exists(Loop.objects.filter(insight=OuterRef("pk"), **conditions))


def _doubted() -> Q:
    """What may be held together by a word, and nobody has opened a loop for."""
    return unsure("theme__") & ~Q(_loop())


RARE = ("doubtful", "heard")
"""Views that are asked for only where they are the chosen one."""


def views(chosen: str = "", passages: Q | None = None) -> list[View]:
    """The tabs, without their counts. Those that are RARE hold nothing unless they are chosen. `passages` narrows what
    is meant by "at a gate" (desk/gate_behind.py)."""
    now = clock.now()
    aside = Q(set_aside_until__gt=now)
    at_gate = Passage.objects.waiting() if passages is None else Passage.objects.filter(passages)
    gate = Exists(at_gate.filter(insight=OuterRef("pk")))
    declined = Q(_loop(stage=Stage.DECLINED)) & ~Q(_loop(closed_at=None))
    done = Q(_loop(stage=Stage.CONFIRMED)) & ~Q(_loop(closed_at=None))
    severe = Q(severity="high") & ~Q(_loop(closed_at=None)) & ~declined & ~done & ~aside
    every = [
        View("open", "Open, by speed", ~declined & ~done & ~aside),
        View("severe", "Severe without an owner", severe, "severity"),
        View("new", "New this week", Q(opened_at__gte=now - timedelta(days=7)) & ~aside, "recent"),
        View("gate", "At a gate", Q(gate)),
        View("aside", "Set aside", aside),
        View("declined", "Declined", declined),
        View("done", "Confirmed", done, "recent"),
        View("heard", "At no gate yet", Q(pk__in=undecided().values("pk") if chosen == "heard" else [])),
        View("doubtful", "Perhaps not about us", Q(pk__in=list(doubtful()) if chosen == "doubtful" else [])),
    ]
    one_matter = Q(theme__mixed=False) | Q(_loop())
    ours = [replace(view, condition=view.condition & Q(theme__about_us=True) & one_matter) for view in every]
    talked = View("talk", "Only talk", Q(theme__about_us=True) & one_matter & talk("theme__"), "people")
    mixed = View("mixed", "Mixed", Q(theme__about_us=True) & ~one_matter, "people")
    return [*ours, talked, mixed, View("foreign", "Not about us", Q(theme__about_us=False), "recent")]


@dataclass(frozen=True)
class Asked:
    """The filters of one request; what is unknown is left out."""

    view: View
    views: list[View]
    rung: str = ""
    function: str = ""
    mood: str = ""
    channel: str = ""
    period: str = "28"
    part_of: str = ""
    by: str = ""
    """`wider`: under their wider themes; else by rung."""
    q: str = ""
    sort: str = "speed"
    chosen: dict[str, str] = field(default_factory=dict)


def asked(query: Mapping[str, str], *, feeling: bool = True) -> Asked:
    """From the address; without `feeling` nothing is found or sorted by a mood."""
    every = views(query.get("view", ""), gate_behind.passages(query))
    view = next((one for one in every if one.key == query.get("view")), every[0])
    sort = _known(query.get("sort", ""), SORTS) or view.sort
    period = query.get("period", LATEST if view.key == "open" and _somebody_spoke() else "")
    return Asked(
        view=view,
        views=every,
        rung=_known(query.get("rung", ""), Rung.values),
        function=query.get("function", "")[:20],
        mood=_known(query.get("mood", ""), MOODS) if feeling else "",
        channel=_number(query.get("channel", "")),
        period=_known(period, PERIODS),
        part_of=_number(query.get("part_of", "")),
        by=_known(query.get("by", ""), ("wider",)),
        q=query.get("q", "").strip()[:100],
        sort=sort if feeling or sort != "upset" else view.sort,
        chosen={key: value for key, value in query.items() if key != "page"},
    )


def _somebody_spoke() -> bool:
    """Within the days that the first page shows; not so after an import of what was said long ago."""
    return Theme.objects.filter(last_at__gte=clock.now() - timedelta(days=int(LATEST))).exists()


def _known(value: str, known: Any) -> str:
    return value if value in known else ""


def _number(value: str) -> str:
    return value if value.isdecimal() and len(value) < 19 else ""


def found(insights: QuerySet[Insight], wish: Asked) -> QuerySet[Insight]:
    """The insights that were asked for, from the highest shelf, or by the wider theme of most people."""
    conditions = {
        "theme__rung": wish.rung,
        "theme__function": wish.function,
        "theme__part_of": wish.part_of,
        "theme__last_at__gte": clock.now() - timedelta(days=int(wish.period)) if wish.period else "",
    }
    rows = insights.filter(wish.view.condition, **{key: value for key, value in conditions.items() if value})
    if wish.channel:
        rows = rows.filter(
            Exists(ThemeChannel.objects.filter(theme=OuterRef("pk"), channel=int(wish.channel)))
        )
    if wish.q:
        rows = rows.filter(Q(theme__title__icontains=wish.q) | Q(theme__keywords__icontains=wish.q))
    order = (*FIRST[wish.by], "-is_pinned", *SORTS[wish.sort][1], "pk")
    return _in_mood(_measured(rows), wish.mood).order_by(*order)


def _measured(rows: QuerySet[Insight]) -> QuerySet[Insight]:
    """With what the orders need."""
    severities = [
        When(severity=key, then=Value(place)) for place, key in enumerate(("low", "medium", "high"))
    ]
    return rows.annotate(
        is_pinned=Exists(InsightMark.objects.standing().filter(insight=OuterRef("pk"), kind="pin")),
        shelf=_shelf(),
        severity_order=Case(*severities, default=0, output_field=IntegerField()),
        speed=_lately(),
        upset=Cast(F("theme__negative"), FloatField()) / Cast(F("theme__messages"), FloatField()),
    )


def _shelf() -> Case:
    """The place in `SHELVES`."""
    doubted, subject = _doubted(), Q(theme__rung=Rung.TREND, theme__subject=True)
    shelves = {"unsure": doubted, "subject": subject} | {rung: Q(theme__rung=rung) for rung in Rung.values}
    places = [When(where, then=Value(SHELVES.index(name))) for name, where in shelves.items()]
    return Case(*places, output_field=IntegerField())


def _lately() -> Coalesce:
    """The speed as the lines show it: different people on each of the last days, together."""
    lately = ThemeDay.objects.filter(theme=OuterRef("theme"), day__gt=clock.today() - timedelta(days=LATELY))
    people = lately.order_by().values("theme").annotate(all=Sum("people")).values("all")
    return Coalesce(Subquery(people), 0)


def _in_mood(rows: QuerySet[Insight], mood: str) -> QuerySet[Insight]:
    ranges = {
        "negative": {"upset__gte": UPSET},
        "mixed": {"upset__lt": UPSET, "upset__gte": CALM},
        "positive": {"upset__lt": CALM},
    }
    return rows.filter(**ranges[mood]) if mood else rows


def shelf_counts(rows: QuerySet[Insight]) -> dict[str, int]:
    """Insights on each of `SHELVES` that has any; one query."""
    counted = rows.order_by().values(place=_shelf()).annotate(insights=Count("pk"))
    return {SHELVES[place]: insights for place, insights in counted.values_list("place", "insights")}


def foremost(rows: QuerySet[Insight]) -> list[tuple[str, list[Theme]]]:
    """Which of the trends hold the most complaints, the most questions and requests, and the most praise, each with what is told of them, as
    `listen` tells it of a file; one query."""
    trends = rows.order_by().filter(~_doubted(), theme__rung=Rung.TREND)
    kept = list(Theme.objects.filter(pk__in=trends.values("pk")).only(*TOLD_BY))
    counts = sum((Counter(theme.intents) for theme in kept), Counter[str]())
    told = intents.foremost(kept, counts, sum(theme.messages for theme in kept), _are_near)
    return [(called, [first for first, *_ in found]) for called, found in told]


def _are_near(one: Theme, other: Theme) -> bool:
    """Whether one is told beside the other, or both are part of a wider theme."""
    beside = one.pk == other.see_also_id or other.pk == one.see_also_id
    return beside or one.part_of_id == other.part_of_id is not None


def view_counts(insights: QuerySet[Insight], every: list[View]) -> dict[str, int]:
    """Insights in each view; one query."""
    return insights.aggregate(**{view.key: Count("pk", filter=view.condition) for view in every})
