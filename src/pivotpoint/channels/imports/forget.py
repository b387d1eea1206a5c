"""No file outlives what it was kept for: not its import, and not a person whom it names."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from pivotpoint.channels import events
from pivotpoint.channels.imports import files
from pivotpoint.channels.imports.search_file import names_any
from pivotpoint.channels.models import ImportRun
from pivotpoint.journal.record import record
from pivotpoint.lib import clock

State = ImportRun.State
WHY = "It names a person who has been erased. Take them out of the file and import it again."
ABANDONED = timedelta(days=30)
"""So long a file waits for somebody to map and start it."""
HOUR = 3_600.0
"""A younger file may be an upload whose row is not yet written."""


def unfinished() -> QuerySet[ImportRun]:
    """Those whose file is still needed: mapped, waiting, under way, or tried and not yet taken in."""
    return ImportRun.objects.filter(
        Q(state__in=(State.DRAFT, State.QUEUED, State.RUNNING)) | Q(state=State.DONE, dry_run=True)
    )


def forget(customers: Sequence[int], handles: Sequence[str]) -> None:
    """In an erasure's transaction: end every import whose file names one of them, or brought their words."""
    for run in unfinished():
        theirs = run.messages.filter(customer__in=customers).exists()  # type: ignore[attr-defined]
        if theirs or names_any(files.place(run.path), handles):
            _end(run, WHY)


@transaction.atomic
def _end(run: ImportRun, why: str) -> None:
    now = clock.now()
    ImportRun.objects.filter(pk=run.pk).update(
        state=State.CANCELLED, error=why, cancel_asked_at=now, finished_at=now
    )
    record(events.IMPORT_STOPPED, run, rows=run.done_rows)
    transaction.on_commit(lambda: files.drop(run.path))


def tidy() -> int:
    """End what nobody goes on with, and drop files that a killed process left behind; how many."""
    given_up = list(
        unfinished().filter(
            Q(state=State.DRAFT) | Q(state=State.DONE), created_at__lt=clock.now() - ABANDONED
        )
    )
    for run in given_up:
        _end(run, "Nobody went on with it for thirty days.")
    needed = set(unfinished().values_list("path", flat=True))
    left = [path for path in files.all_kept() if path.name not in needed and _is_old(path.stat().st_mtime)]
    for path in left:
        files.drop(path.name)
    return len(given_up) + len(left)


def _is_old(written: float) -> bool:
    """By the file system's clock, which a story does not set."""
    return time.time() - written > HOUR
