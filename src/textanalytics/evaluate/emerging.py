"""Known events, end to end: day by day as it would have been heard, through themes found with the past alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from textanalytics.alerts import why_quiet
from textanalytics.base import BoolArray, Encoder, IntArray
from textanalytics.evaluate.events import Event, days
from textanalytics.evaluate.tables import Table
from textanalytics.evaluate.themes import Figures
from textanalytics.reading import Reader
from textanalytics.text import clean
from textanalytics.themes import ThemeIndex
from textanalytics.trends import unusual

GROWTH = 1.1
"""Themes are put in order when so many times the messages are there, as the product does in the background."""

LOOK_BACK = 7
"""Days of a rising theme's messages that say what it is about."""

LEAST_PEOPLE, LEAST_SHARE = 2, 1 / 3
"""A theme is about an event when so many people, and this share of its messages, match the event's pattern."""

THEMES = 50


@dataclass(frozen=True)
class Stream:
    """Messages in order of time; `day` counts from the first."""

    texts: list[str]
    day: IntArray
    author: IntArray
    negative: BoolArray
    first: int


@dataclass(frozen=True)
class Alarm:
    """A theme that rose on a day, by its messages of the last days (one a person)."""

    day: int
    messages: IntArray
    quiet: str


@dataclass
class Tally:
    alarms: list[Alarm] = field(default_factory=list)
    theme_weeks: float = 0.0


def measure(
    table: Table,
    text: str,
    time: str,
    authors: Sequence[str],
    events: Sequence[Event],
    encoder: Encoder,
    *,
    detail: float,
) -> Figures:
    """An event is found on the first day in its window on which a theme about it rises; the delay counts from the
    first day in the window on which anybody spoke of it. False alarms are days of themes that would have woken
    somebody and are about no event, for fifty themes."""
    found: list[int] = []
    paged = praise = 0
    false_days = theme_weeks = 0.0
    for part, own in streams(table, events):
        stream = prepare(part, text, time, [authors[i] for i in part.places], Reader())
        tally = replay(stream, encoder, detail)
        explained: set[int] = set()
        for event in own:
            hits = about(event, stream, tally.alarms)
            explained.update(hits)
            wakes = any(not tally.alarms[i].quiet for i in hits)
            paged, praise = paged + (wakes and event.is_issue), praise + (wakes and not event.is_issue)
            delay = delay_of(event, stream, [tally.alarms[i] for i in hits])
            found += [] if delay is None else [delay]
        false_days += sum(not alarm.quiet for i, alarm in enumerate(tally.alarms) if i not in explained)
        theme_weeks += tally.theme_weeks
    return {
        "messages": len(table),
        "found": len(found),
        "of": len(events),
        "mean_delay_days": round(float(np.mean(found)), 2) if found else None,
        "false_alarm_days_per_week": round(THEMES * false_days / max(theme_weeks, 1e-9), 3),
        "issues_paged": paged,
        "issues": sum(event.is_issue for event in events),
        "praise_paged": praise,
    }
