"""Reads a run's messages, chunk by chunk: in this process, or in a pool of processes."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F

from pivotpoint.channels.models import Message
from pivotpoint.lib import bulk, clock, stored
from pivotpoint.lib.among import among
from pivotpoint.listening.learning.reader import folder
from pivotpoint.listening.models import CandidateReading, Reread
from pivotpoint.listening.rereads.judged import keep_judgements
from pivotpoint.listening.rereads.rows import NAMES, Row, read_texts
from pivotpoint.listening.taxonomies import taggers

AT_ONCE = 2_000
HOLD = timedelta(minutes=1)
COLUMNS = ("run", "message", *NAMES, "tags")
State = Reread.State


class Overtaken(Exception):
    """Another process has continued the run, or somebody paused or cancelled it: this chunk must not be written."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Messages in the order of their keys, behind `after`."""

    after: int
    messages: list[int]
    texts: list[str]

    @property
    def last(self) -> int:
        return self.messages[-1]


def reader_path(run: Reread) -> Path:
    """The run's own copy of the reader, because the live one may change meanwhile."""
    return folder() / "rereads" / f"{run.pk}.npz"


def tagger_paths(run: Reread) -> list[Path]:
    return [taggers.folder() / f"{version}.npz" for version in run.taggers]


def chunk(after: int) -> Chunk | None:
    """The next messages that were read at all; none when there are no more."""
    rows = Message.objects.filter(reading__isnull=False, pk__gt=after).order_by("pk")
    found = list(rows.values_list("pk", "text")[:AT_ONCE])
    return Chunk(after, [pk for pk, _ in found], [text for _, text in found]) if found else None


def move_on(run: Reread, after: int, last: int, count: int, *, hold: timedelta | None = None) -> None:
    """So many messages behind `after`, up to `last`, are read. Overtaken when the run is elsewhere by now.

    With `hold` the worker leaves the run alone for so long.
    """
    now = clock.now()
    mine = Reread.objects.filter(pk=run.pk, position=after, state__in=(State.RUNNING, State.ACCEPTING))
    moved = mine.update(
        position=last,
        done=F("done") + count,
        worked_at=now,
        held_until=now + hold if hold else None,
    )
    if not moved:
        raise Overtaken


def write(run: Reread, part: Chunk, rows: list[Row], *, hold: timedelta | None = None) -> None:
    """One transaction: the candidates and how far the run is."""
    with transaction.atomic():
        move_on(run, part.after, part.last, len(part.messages), hold=hold)
        there = dict(zip(part.messages, rows, strict=True))
        keep_judgements(there)
        known = set(Message.objects.filter(among("pk", list(there))).values_list("pk", flat=True))
        bulk.insert(
            CandidateReading,
            COLUMNS,
            values(run.pk, {pk: there[pk] for pk in there if pk in known}),
            new_only=True,
        )


def values(run: int, rows: dict[int, Row]) -> list[tuple[Any, ...]]:
    """What the database takes, as COLUMNS says."""
    documents = {
        name: stored.documents(row[name] for row in rows.values())
        for name in ("confidence", "evidence", "tags")
    }
    return [
        (run, pk, *(documents[name][i] if name in documents else row[name] for name in (*NAMES, "tags")))
        for i, (pk, row) in enumerate(rows.items())
    ]


def read_on(run: Reread) -> int:
    """Read one chunk in this process; returns the number of messages."""
    part = chunk(run.position)
    if part is None:
        return 0
    with suppress(Overtaken):
        write(run, part, read_texts(reader_path(run), tagger_paths(run), part.texts))
    return len(part.messages)


def read_with_pool(run: Reread, processes: int, told: Callable[[int], None]) -> None:
    """All chunks, by so many processes; `told` hears how many are written. Ends when somebody pauses or cancels it."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        until_stopped(run, lambda: _read_all(run, pool, 2 * processes, told))


def until_stopped(run: Reread, read_all: Callable[[], None]) -> None:
    """From where the run is to its end; begun again there when something else moved it, unless it is to stop."""
    while True:
        Reread.objects.filter(pk=run.pk).update(held_until=clock.now() + HOLD)
        try:
            return read_all()
        except Overtaken:
            run.refresh_from_db()
            if run.state != State.RUNNING:
                return None


def _read_all(run: Reread, pool: Executor, ahead: int, told: Callable[[int], None]) -> None:
    """Written in the order of the messages, however the processes finish."""
    reader, others = reader_path(run), tagger_paths(run)
    waiting: deque[tuple[Chunk, Future[list[Row]]]] = deque()
    parts = _chunks(run.position)
    try:
        while True:
            for part in islice(parts, ahead - len(waiting)):
                waiting.append((part, pool.submit(read_texts, reader, others, part.texts)))
            if not waiting:
                return
            part, future = waiting.popleft()
            write(run, part, future.result(), hold=HOLD)
            told(len(part.messages))
    finally:
        for _, future in waiting:
            future.cancel()


def _chunks(after: int) -> Iterator[Chunk]:
    while (part := chunk(after)) is not None:
        yield part
        after = part.last
