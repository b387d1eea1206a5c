"""Sweeps: functions that find due rows and process them. They may run twice, and at any moment."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Event as Flag

from django.db import Error, close_old_connections, transaction
from django.db.models import F

from pivotpoint.jobs.models import SweepDay, SweepRun
from pivotpoint.lib import clock
from pivotpoint.lib.row import put_where

log = logging.getLogger(__name__)

Sweep = Callable[[], int]


@dataclass(frozen=True)
class Declared:
    """A sweep, and how many seconds the worker waits before it runs again when it found nothing."""

    name: str
    seconds: float
    sweep: Sweep


declared: dict[str, Declared] = {}
NOTE_SECONDS = 30.0
_noted: dict[str, float] = {}


def every(name: str, *, seconds: float) -> Callable[[Sweep], Sweep]:
    """Declare that the worker runs this sweep; the sweep returns how many rows it worked on."""

    def add(sweep: Sweep) -> Sweep:
        declared[name] = Declared(name, seconds, sweep)
        return sweep

    return add


def run(name: str) -> int:
    """Run one sweep now; returns the rows it processed. A failure is stored in the sweep's row and does not stop the worker."""
    started, rows, error = clock.now(), 0, ""
    began = time.perf_counter()
    try:
        rows = declared[name].sweep()
    except Exception as fault:  # noqa: BLE001 the worker goes on with the other sweeps
        log.exception("sweep %s failed", name)
        error = repr(fault)[:2000]
    if rows or error or time.monotonic() - _noted.get(name, -NOTE_SECONDS) >= NOTE_SECONDS:
        _note_or_say(name, started, rows, error, time.perf_counter() - began)
    return rows


def _note_or_say(name: str, started: datetime, rows: int, error: str, seconds: float) -> None:
    """The database may be away: what the sweep did is in its rows, and the worker's next round connects anew."""
    try:
        with transaction.atomic():
            _note(name, started, rows, error)
            if rows:
                add_work(name, rows, seconds)
    except Error:
        log.exception("sweep %s could not be noted", name)


def _note(name: str, started: datetime, rows: int, error: str) -> None:
    """Sweeps that find nothing are noted now and then only: they run every second or two."""
    _noted[name] = -NOTE_SECONDS if error else time.monotonic()
    said = {"started_at": started, "finished_at": clock.now(), "rows": rows, "error": error}
    if not error:
        changed = put_where(SweepRun, said, where={"name": name})
    else:
        changed = SweepRun.objects.filter(name=name).update(**said, failures=F("failures") + 1)
    if not changed:
        SweepRun.objects.get_or_create(name=name, defaults=said | {"failures": int(bool(error))})


def add_work(name: str, rows: int, seconds: float) -> None:
    """Add it to the sweep's day, also where a command did what the sweep would have done. What looks and finds nothing is not counted: it
    takes no time worth telling."""
    today = SweepDay.objects.filter(name=name, day=clock.today())
    more = {"rows": F("rows") + rows, "seconds": F("seconds") + seconds}
    if not today.update(**more):
        SweepDay.objects.get_or_create(name=name, day=clock.today())
        today.update(**more)


def run_all() -> int:
    """Run each sweep once, in the order of declaration; returns the rows processed. `settle` and tests call it."""
    return sum(run(name) for name in declared)


def settle(rounds: int = 50) -> None:
    """Run all sweeps until none finds work: the state that a worker would reach."""
    for _ in range(rounds):
        if not run_all():
            return


def work(stop: Flag) -> None:
    """The worker's loop until `stop` is set: run what is due; a sweep that found rows runs again at once."""
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
