"""Sweeps: functions that look for due rows and work them off. They stand being run twice and at any moment."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event as Flag

from django.db import close_old_connections

from pivotpoint.jobs.models import SweepRun
from pivotpoint.lib import clock

log = logging.getLogger(__name__)

Sweep = Callable[[], int]


@dataclass(frozen=True)
class Declared:
    """A sweep, and how long the worker rests before it runs again when it found nothing."""

    name: str
    seconds: float
    sweep: Sweep


declared: dict[str, Declared] = {}


def every(name: str, *, seconds: float) -> Callable[[Sweep], Sweep]:
    """Declare that the worker runs this sweep; the sweep returns how many rows it worked on."""

    def add(sweep: Sweep) -> Sweep:
        declared[name] = Declared(name, seconds, sweep)
        return sweep

    return add


def run(name: str) -> int:
    """One sweep, now; its failure is kept in its row and does not stop the worker."""
    row, _ = SweepRun.objects.get_or_create(name=name)
    row.started_at = clock.now()
    try:
        row.rows, row.error = declared[name].sweep(), ""
    except Exception as error:  # noqa: BLE001 the worker goes on with the other sweeps
        log.exception("sweep %s failed", name)
        row.rows, row.error, row.failures = 0, repr(error)[:2000], row.failures + 1
    row.finished_at = clock.now()
    row.save()
    return row.rows


def run_all() -> int:
    """Each sweep once, in the order of the journey; rows worked on. What `settle` and the tests call."""
    return sum(run(name) for name in declared)


def settle(rounds: int = 50) -> None:
    """Run all sweeps until none finds work: the state that a worker would reach."""
    for _ in range(rounds):
        if not run_all():
            return


def work(stop: Flag) -> None:
    """The worker's loop: what is due runs; a sweep that found rows runs again at once."""
    due = dict.fromkeys(declared, 0.0)
    while not stop.is_set():
        close_old_connections()
        for name, sweep in declared.items():
            if stop.is_set():
                return
            if time.monotonic() >= due[name]:
                found = run(name)
                due[name] = time.monotonic() + (0.0 if found else sweep.seconds)
        stop.wait(max(0.05, min(due.values(), default=1.0) - time.monotonic()))
