"""What a person does with an import: upload, map, look, start, cancel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.channels import events
from pivotpoint.channels.imports import files, mapping
from pivotpoint.channels.imports.convert import Converter, Skipped
from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.models import Channel, ImportRun
from pivotpoint.channels.tables import BadTable, Reject, Table, open_table
from pivotpoint.journal.record import record
from pivotpoint.lib import clock

State = ImportRun.State
PERMISSION = "message.write"


@dataclass(frozen=True)
class Previewed:
    """A row as it would be taken: the message, or why not."""

    number: int
    inbound: Inbound | None
    reason: str


def create(chunks: Iterable[bytes], name: str, *, by: Any) -> tuple[ImportRun, list[str]]:
    """Keep the file and guess its columns; what was guessed, one phrase each. ValidationError when it is no table."""
    demand(by, PERMISSION)
    kept, digest, size = files.keep(chunks, name)
    try:
        table = open_table(files.place(kept))
        parts, said = mapping.guess(table)
        if next(table.rows(), None) is None:
            raise BadTable(f"{name} holds no message: no row follows the names of its columns.")
    except BadTable as error:
        files.drop(kept)
        raise ValidationError(str(error).replace(kept, name)) from error
    run = ImportRun.objects.create(
        file_name=name[:255],
        path=kept,
        digest=digest,
        size=size,
        columns=table.columns,
        mapping=parts,
        total_rows=None if table.format == "xlsx" else max(files.lines(files.place(kept)), 1),
        by=user_of(by),
    )
    return run, [*table.notes, *said]


@transaction.atomic
def set_up(
    run: ImportRun,
    *,
    by: Any,
    channel: Channel | None,
    parts: Mapping[str, str],
    where: Mapping[str, str] | None = None,
    consent_source: str = "",
) -> ImportRun:
    """Say where it goes and which column is what, before it starts; after a dry run it may be said again."""
    demand(by, PERMISSION)
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if not run.is_changeable:
        raise ValidationError("This import has started; its mapping stays.")
    if run.state == State.DONE:
        run.state, run.finished_at = State.DRAFT, None
    if channel is not None and channel.closed_at is not None:
        raise ValidationError(f"{channel} is closed; choose an open channel.")
    run.channel = channel
    run.mapping = mapping.checked(parts, run.columns)
    run.where = mapping.checked_where(where or {}, run.columns)
    run.consent_source = " ".join(consent_source.split())[:120]
    run.save(update_fields=["channel", "mapping", "where", "consent_source", "state", "finished_at"])
    return run


def preview(run: ImportRun, rows: int = 20) -> list[Previewed]:
    """The first rows that the condition lets through, as they would be taken."""
    table = opened(run)
    convert = Converter(run, table).convert
    outcomes = (convert(row) for row in islice(table.rows(), 50 * rows))
    return [_previewed(found) for found in islice((o for o in outcomes if not isinstance(o, Skipped)), rows)]


def _previewed(found: Inbound | Reject) -> Previewed:
    if isinstance(found, Reject):
        return Previewed(found.number, None, found.reason)
    return Previewed(int(found.data["row"]), found, "")


def opened(run: ImportRun) -> Table:
    """The kept file as a table. ValidationError when it is gone or was never one."""
    try:
        return open_table(files.place(run.path))
    except BadTable as error:
        raise ValidationError(str(error).replace(run.path, run.file_name)) from error


@transaction.atomic
def start(run: ImportRun, *, by: Any, dry_run: bool = False) -> ImportRun:
    """From now on the worker takes it in. A dry run counts and writes no message; it can be started for good after."""
    demand(by, PERMISSION)
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if not run.is_changeable:
        raise ValidationError("This import has been started already.")
    if run.channel is None:
        raise ValidationError("Choose the channel that these words belong to.")
    run.mapping = mapping.checked(run.mapping, run.columns)
    run.rejects.all().delete()
    run.state, run.dry_run, run.started_at, run.finished_at = State.QUEUED, dry_run, clock.now(), None
    run.done_rows = run.accepted = run.repeated = run.rejected = run.skipped = 0
    run.save()
    record(events.IMPORT_STARTED, run, by=by, dry_run=dry_run, file=run.file_name)
    return run


@transaction.atomic
def cancel(run: ImportRun, *, by: Any) -> ImportRun:
    """Stop behind the slice that is under way. What was taken in stays."""
    demand(by, PERMISSION)
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.is_open or run.state == State.DRAFT:
        now = clock.now()
        run.state, run.cancel_asked_at, run.finished_at = State.CANCELLED, now, now
        run.save(update_fields=["state", "cancel_asked_at", "finished_at"])
        record(events.IMPORT_STOPPED, run, by=by, rows=run.done_rows)
        transaction.on_commit(lambda: files.drop(run.path))
    return run
