"""What rose together: one outage, or one storm, is heard of as several matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from pivotpoint.insights.intents import COMPLAINED, PART
from pivotpoint.insights.ladder.crowd import Crowd
from pivotpoint.insights.ladder.ladder import Theme, Wave
from textanalytics.base import IntArray

TOGETHER = timedelta(days=1)
"""Between the days on which two themes begin to rise, for it to be one wave: more is often chance, where many themes rise in a year."""

OVER, LONGER, USUAL = 0.25, 28, 7
"""Part of the people of its highest day, with fewer than which a wave is over; the days within which it is; and days over which it is
told how many there were before and after."""


def waves(themes: Iterable[Theme], crowd: Crowd) -> list[Wave]:
    """Of the themes of which people complain those that began to rise on one day or the next, two or more at a time."""
    rose = sorted(
        ((theme.onset, theme.id, theme) for theme in themes if theme.onset and _complains(theme)),
        key=lambda one: one[:2],
    )
    groups: list[tuple[date, list[Theme]]] = []
    for onset, _, theme in rose:
        if groups and onset - groups[-1][0] <= TOGETHER:
            groups[-1][1].append(theme)
        else:
            groups.append((onset, [theme]))
    found = [_wave(first, group, crowd) for first, group in groups if len(group) > 1]
    return sorted(found, key=lambda one: (-one.people, one.first))


def _complains(theme: Theme) -> bool:
    """Whether a part of its messages that is worth telling does."""
    complaints = sum(theme.intents.get(one, 0) for one in COMPLAINED)
    return complaints >= PART * theme.messages


def _wave(first: date, group: Sequence[Theme], crowd: Crowd) -> Wave:
    ids = tuple(theme.id for theme in sorted(group, key=lambda one: (-one.people, one.id)))
    daily = crowd.daily(ids)
    start = crowd.place_of(first)
    length = _length(daily[start : start + LONGER])
    after = daily[start + length : start + length + USUAL]
    return Wave(
        first=first,
        themes=ids,
        people=crowd.people_on(ids, start, start + length),
        days=length,
        before=_mean(daily[max(0, start - USUAL) : start]),
        after=_mean(after),
        over=len(after) > 0,
    )


def _length(since: IntArray) -> int:
    """Days from the first to the last before the first low one behind the highest."""
    highest = int(since.argmax())
    low = np.flatnonzero(since[highest:] < OVER * since[highest])
    return highest + int(low[0]) if len(low) else len(since)


def _mean(days: IntArray) -> float:
    return float(days.mean()) if len(days) else 0.0
