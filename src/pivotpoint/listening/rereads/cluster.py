"""Reads a run's messages on a Dask cluster. Numbers travel, words do not: workers read and write in PostgreSQL.

A range is written before the run moves on behind it. Whoever is killed, the ranges that are not behind the run's
position are read again, and a candidate that is there already stays as it is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pivotpoint.channels.models import Message
from pivotpoint.lib import clock
from pivotpoint.listening.models import Reread
from pivotpoint.listening.rereads import chunks, on_worker
from pivotpoint.listening.rereads.chunks import HOLD, Overtaken, move_on, until_stopped
from pivotpoint.listening.rereads.lent import lending

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT_SECONDS = 10
LOOK_SECONDS = 5
"""So often the run is looked at while no range is finished, so that a pause is noticed."""
LOST_AFTER = 6
"""So many looks in a row without a worker, and the cluster is given up."""
AGAIN = 2
GONE = "The cluster is gone; run this again when it is back: it goes on."


class ClusterTrouble(Exception):
    """Why the cluster cannot read, in one sentence. What is written stays."""


@dataclass(frozen=True, slots=True)
class Range:
    """The messages behind `after`, up to `last`."""

    after: int
    last: int


def read_on_cluster(run: Reread, scheduler: str, told: Callable[[int], None]) -> None:
    """All ranges, by whichever workers are there; `told` hears how many messages are written. Ends when paused."""
    with _connected(scheduler) as client, lending(run):
        try:
            until_stopped(run, lambda: _read_all(run, client, told))
        except (OSError, CancelledError):
            raise ClusterTrouble(GONE) from None
        finally:
            with suppress(OSError, CancelledError, RuntimeError):
                client.run(on_worker.forget, on_error="ignore")


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError:
        raise ClusterTrouble("Dask is not installed: pip install 'pivotpoint[dask]'.") from None
    try:
        client = Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False, direct_to_workers=False)
    except (OSError, ValueError, TimeoutError) as error:
        why = str(error).splitlines()[0]
        raise ClusterTrouble(f"The scheduler at {scheduler} does not answer: {why}") from None
    with client:
        if not client.nthreads():
            raise ClusterTrouble(f"The scheduler at {scheduler} has no worker yet.")
        yield client


def _read_all(run: Reread, client: Client, told: Callable[[int], None]) -> None:
    """At most two ranges a thread are under way; they are counted in the order of the messages."""
    waiting: deque[tuple[Range, Future]] = deque()
    ranges = _ranges(run.position)
    try:
        while True:
            ahead = max(2 * sum(client.nthreads().values()), 2) - len(waiting)
            for part in islice(ranges, max(ahead, 0)):
                asked = (run.pk, part.after, part.last)
                waiting.append((part, client.submit(on_worker.read_range, *asked, pure=False, retries=AGAIN)))
            if not waiting:
                return
            part, future = waiting.popleft()
            count = _result(run, client, future)
            move_on(run, part.after, part.last, count, hold=HOLD)
            told(count)
    finally:
        with suppress(OSError, CancelledError, RuntimeError):
            client.cancel([future for _, future in waiting])


def _ranges(after: int) -> Iterator[Range]:
    while True:
        rows = Message.objects.filter(reading__isnull=False, pk__gt=after).order_by("pk")
        keys = list(rows.values_list("pk", flat=True)[: chunks.AT_ONCE])
        if not keys:
            return
        yield Range(after, keys[-1])
        after = keys[-1]


def _result(run: Reread, client: Client, future: Future) -> int:
    """What the worker says; meanwhile the run is held, and looked at whether it is still to be read."""
    alone = 0
    while True:
        try:
            count = _said(future)
            break
        except TimeoutError:
            _hold(run)
            alone = 0 if client.nthreads() else alone + 1
        if alone >= LOST_AFTER:
            raise ClusterTrouble("No worker is left; start some and run this again: it goes on.")
    if count is None:
        raise Overtaken
    return count


def _said(future: Future) -> int | None:
    """Its answer, waited for so long; TimeoutError when there is none yet."""
    from distributed import KilledWorker

    try:
        count: int | None = future.result(timeout=LOOK_SECONDS)
    except on_worker.RangeFailed as error:
        raise ClusterTrouble(str(error)) from None
    except KilledWorker:
        raise ClusterTrouble("Several workers died over the same messages; give them more memory.") from None
    return count


def _hold(run: Reread) -> None:
    mine = Reread.objects.filter(pk=run.pk, state=Reread.State.RUNNING)
    if not mine.update(held_until=clock.now() + HOLD):
        raise Overtaken
