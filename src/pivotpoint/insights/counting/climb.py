"""From counts to rungs: set each theme's rung from its people, and record the events that others wait for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, Max, Min, Sum

from pivotpoint.accounts.models import Installation
from pivotpoint.insights import events
from pivotpoint.insights.counting.doubtful import doubtful
from pivotpoint.insights.models import Backing, Insight, Rung, Theme
from pivotpoint.insights.severity import judge
from pivotpoint.insights.speed import Speed, speeds
from pivotpoint.journal.record import Fact, record_facts
from pivotpoint.lib import bulk, clock

ACTIONABLE_FROM = 0.25
"""Share of a theme's messages that somebody could act on, from which it is an insight."""
ORDER = [Rung.VOICE, Rung.PATTERN, Rung.TREND]
COUNTED = (
    "people",
    "doubtful",
    "copied",
    "copies",
    "messages",
    "negative",
    "actionable",
    "rung",
    "function",
    "function_share",
    "intents",
    "first_at",
    "last_at",
    "onset",
    "rate_before",
    "rate_since",
    "uncounted",
    "counted_at",
)
Functions = Mapping[int, Mapping[str, tuple[int, int]]]


def rung_of(people: int, here: Installation) -> Rung:
    """The rung for this many people; the organisation sets the thresholds."""
    if people >= here.trend_from:
        return Rung.TREND
    return Rung.PATTERN if people >= here.pattern_from else Rung.VOICE


def climb(
    themes: list[int],
    functions: Functions,
    intents: Mapping[int, Mapping[str, int]],
    copied: Mapping[int, tuple[int, int]],
) -> None:
    """Write these themes' counts from their roll-ups; open insights; record each change of rung."""
    here = Installation.here()
    totals, twice = _totals(themes), doubtful(themes)
    rates = speeds([pk for pk in themes if totals.get(pk, {}).get("people", 0) >= here.pattern_from])
    insights = Insight.objects.in_bulk(themes)
    facts: list[Fact] = []
    counted = list(Theme.objects.filter(pk__in=themes).order_by("pk"))
    before = {theme.pk: Rung(theme.rung) for theme in counted}
    for theme in counted:
        theme.doubtful = twice[theme.pk]
        theme.copied, theme.copies = copied.get(theme.pk, (0, 0))
        theme.intents = intents[theme.pk]
        _count(theme, totals.get(theme.pk), functions[theme.pk], rates.get(theme.pk), here)
    bulk.change(counted, COUNTED)
    for theme in _open_new(counted, insights):
        before[theme.pk] = Rung.VOICE
        facts.append(Fact(events.OPENED, insights[theme.pk], {"rung": theme.rung, "people": theme.people}))
    live = [theme for theme in counted if theme.pk in insights and theme.merged_into_id is None]
    for theme in live:
        facts.extend(_judge(theme, before[theme.pk], insights[theme.pk], here))
    bulk.change([insights[theme.pk] for theme in live], ("severity", "severity_why", "climbed_at"))
    record_facts(facts)


def _totals(themes: list[int]) -> dict[int, dict[str, Any]]:
    rows = Backing.objects.filter(theme__in=themes).values("theme_id").order_by("theme_id")
    sums = rows.annotate(
        people=Count("pk"),
        said=Sum("messages"),
        upset=Sum("negative"),
        first=Min("first_at"),
        last=Max("last_at"),
    )
    return {row["theme_id"]: dict(row) for row in sums}


def _count(
    theme: Theme,
    total: Mapping[str, Any] | None,
    functions: Mapping[str, tuple[int, int]],
    speed: Speed | None,
    here: Installation,
) -> None:
    total = total or {"people": 0, "said": 0, "upset": 0, "first": None, "last": None}
    theme.people, theme.messages, theme.negative = total["people"], total["said"], total["upset"]
    theme.first_at, theme.last_at = total["first"], total["last"]
    theme.actionable = sum(actionable for _, actionable in functions.values())
    theme.rung = rung_of(theme.voices, here)
    theme.function, theme.function_share = _function(functions, theme.messages)
    speed = speed or Speed()
    theme.onset, theme.rate_before, theme.rate_since = speed.onset, speed.before, speed.since
    theme.uncounted, theme.counted_at = 0, clock.now()


def _function(functions: Mapping[str, tuple[int, int]], messages: int) -> tuple[str, float]:
    """The function that most of those messages point to that point anywhere; ties go by the alphabet."""
    pointing = {name: said for name, (said, _) in functions.items() if name}
    if not pointing:
        return "", 0.0
    first = min(pointing, key=lambda name: (-pointing[name], name))
    return first, round(pointing[first] / max(messages, 1), 4)


def _open_new(themes: list[Theme], insights: dict[int, Insight]) -> list[Theme]:
    """Open insights for the actionable among these themes that have none; they join `insights`."""
    now = clock.now()
    new = [theme for theme in themes if theme.pk not in insights and _is_actionable(theme)]
    made = Insight.objects.bulk_create(Insight(theme=theme, opened_at=now) for theme in new)
    insights.update((insight.pk, insight) for insight in made)
    return new


def _judge(theme: Theme, before: Rung, insight: Insight, here: Installation) -> Iterator[Fact]:
    """How severe it is, and whether it stands on another rung: the fact to record, if any."""
    insight.severity, insight.severity_why = judge(theme, feeling=here.reads_mood)
    step = ORDER.index(Rung(theme.rung)) - ORDER.index(before) if theme.about_us and not theme.mixed else 0
    if step > 0:
        insight.climbed_at = clock.now()
        name = events.BECAME_TREND if theme.rung == Rung.TREND else events.BECAME_PATTERN
        yield Fact(name, insight, {"people": theme.people})
    elif step < 0:
        yield Fact(events.FELL, insight, {"people": theme.people, "rung": theme.rung})


def _is_actionable(theme: Theme) -> bool:
    return (
        not theme.vague
        and theme.about_us
        and theme.merged_into_id is None
        and theme.messages > 0
        and theme.actionable >= ACTIONABLE_FROM * theme.messages
    )
