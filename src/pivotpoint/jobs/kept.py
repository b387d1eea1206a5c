"""Figures over the whole history: counted on request while that is fast, else by the worker, and stored.

So a page stays fast at a million messages, and a small installation always shows the current figure.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from pivotpoint.jobs.models import Figure
from pivotpoint.lib import clock

Count = Callable[[str], Any]
DEAR_MS = 60
"""What takes longer is not counted for a page again."""
REST = 50
LEAST_SECONDS = 10.0
"""A kept figure is counted anew after REST times as long as its counting took, and not within LEAST_SECONDS: that is a
fiftieth of the worker's time at most, and one that a busy moment made dear is fresh again soon."""

PRIME_SECONDS = 600.0
"""So often the worker looks whether a figure that pages show has become dear."""

_counts: dict[str, Count] = {}
_shown: list[tuple[str, str]] = []
_primed: dict[tuple[str, str], float] = {}


@dataclass(frozen=True, slots=True)
class Counted:
    """A value as JSON holds it, and the moment it was true."""

    value: Any
    at: datetime


def figure(name: str, *arguments: str) -> Callable[[Count], Count]:
    """Declare `count(argument) -> JSON value` under a name; `arguments` are those that pages show."""

    def declare(count: Count) -> Count:
        _counts[name] = count
        _shown.extend((name, argument) for argument in arguments)
        return count

    return declare


def look(name: str, argument: str = "") -> Counted:
    """The stored figure if there is one, else counted now; one that was slow to count is stored from then on."""
    row = Figure.objects.filter(name=name, argument=argument).first()
    if row is not None:
        return Counted(row.value, row.counted_at)
    return count_now(name, argument)


def count_now(name: str, argument: str = "") -> Counted:
    """Count it now; stored if that was slow, no longer stored if it was fast."""
    # SQLite counts in this thread: then only its own work is timed, and a busy machine makes nothing dear.
    timer = time.thread_time if connection.vendor == "sqlite" else time.perf_counter
    at, began = clock.now(), timer()
    value = _counts[name](argument)
    took_ms = round(1000 * (timer() - began))
    rows = Figure.objects.filter(name=name, argument=argument)
    if took_ms < DEAR_MS:
        rows.delete()
    elif not rows.update(value=value, counted_at=at, took_ms=took_ms):
        Figure.objects.bulk_create(
            [Figure(name=name, argument=argument, value=value, counted_at=at, took_ms=took_ms)],
            ignore_conflicts=True,
        )
    return Counted(value, at)


def refresh() -> int:
    """Recount the stored figures that are due; returns how many. So no page has to wait for a slow one."""
    kept = list(Figure.objects.filter(name__in=_counts))
    _prime({(row.name, row.argument) for row in kept})
    due = [row for row in kept if _is_due(row)]
    for row in due:
        count_now(row.name, row.argument)
    return len(due)


def _prime(kept: set[tuple[str, str]]) -> None:
    for name, argument in _shown:
        last = _primed.get((name, argument))
        if (name, argument) in kept or (last is not None and time.monotonic() - last < PRIME_SECONDS):
            continue
        _primed[name, argument] = time.monotonic()
        count_now(name, argument)


def _is_due(row: Figure) -> bool:
    """A figure from the future is due as well: a story has set the clock."""
    age = clock.now() - row.counted_at
    rest = timedelta(seconds=max(LEAST_SECONDS, REST * row.took_ms / 1000))
    return age < timedelta(0) or age >= rest
