"""Take in one bounded slice of the oldest open import, so that live messages never wait long."""

from __future__ import annotations

import time
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.channels import events
from pivotpoint.channels.imports import files
from pivotpoint.channels.imports.convert import Converter
from pivotpoint.channels.imports.progress import OpenFile
from pivotpoint.channels.imports.run import opened
from pivotpoint.channels.imports.take import Overtaken, take
from pivotpoint.channels.models import ImportRun
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.disk import may_be_repeated

State = ImportRun.State
SLICE, ROWS = 2.0, 2_500
"""Seconds, and rows, of importing before the other sweeps have their turn: somewhat more than is read in a turn, so that
something always waits to be read on another processor meanwhile (listening/reading/ahead.py), and no more, so that this one has
as much to do until then."""
AT_ONCE = 2_500


_open: OpenFile | None = None


def work_off() -> int:
    """File rows taken in, of the oldest import that is waiting or under way."""
    run = ImportRun.objects.filter(state__in=(State.QUEUED, State.RUNNING)).order_by("created_at").first()
    return work_off_slice(run) if run is not None else 0


def work_off_slice(run: ImportRun, seconds: float = SLICE) -> int:
    """About so many seconds' worth of this import, and at most ROWS; rows taken in. Another worker on the same run does
    no harm."""
    global _open  # noqa: PLW0603 one import at a time in a process: see progress.py
    end = time.monotonic() + seconds
    done = 0
    try:
        _open = file = _continued(run, _open)
        while time.monotonic() < end and done < ROWS:
            batch = list(islice(file.rows, AT_ONCE))
            with may_be_repeated():  # The file is there until the end, which is forced to disk.
                take(run, batch, file)
            file.done += len(batch)
            done += len(batch)
            if len(batch) < AT_ONCE:
                _finish(run)
                _open = None
                return max(done, 1)
    except Overtaken:
        _open = None
    except ValidationError as error:
        _open = None
        _fail(run, " ".join(error.messages))
    except BaseException:
        _open = None
        raise
    return max(done, 1)


def _continued(run: ImportRun, known: OpenFile | None) -> OpenFile:
    """Where the last slice ended; after a kill, behind the rows that are committed."""
    run.refresh_from_db()
    if known is not None and (known.run, known.done) == (run.pk, run.done_rows):
        return known
    table = opened(run)
    convert = Converter(run, table).convert
    return OpenFile(
        run.pk, (convert(row) for row in islice(table.rows(), run.done_rows, None)), run.done_rows
    )


@transaction.atomic
def _finish(run: ImportRun) -> None:
    ended = ImportRun.objects.filter(pk=run.pk, state__in=(State.QUEUED, State.RUNNING))
    if not ended.update(state=State.DONE, finished_at=clock.now()):
        return
    run.refresh_from_db()
    ImportRun.objects.filter(pk=run.pk).update(total_rows=run.done_rows)
    record(events.IMPORT_FINISHED, run, accepted=run.accepted, rejected=run.rejected, dry_run=run.dry_run)
    if not run.dry_run:
        transaction.on_commit(lambda: files.drop(run.path))


@transaction.atomic
def _fail(run: ImportRun, sentence: str) -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=State.FAILED, error=sentence, finished_at=clock.now())
    record(events.IMPORT_STOPPED, run, rows=run.done_rows)
    transaction.on_commit(lambda: files.drop(run.path))
