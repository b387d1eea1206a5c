"""One range of messages on a worker of a cluster: read from PostgreSQL, written there. PostgreSQL only."""

from __future__ import annotations

from threading import Lock

from django.db import connection, transaction

from pivotpoint.channels.models import Message
from pivotpoint.lib.copy_in import copy_in
from pivotpoint.listening.models import CandidateReading, Reread
from pivotpoint.listening.rereads import lent
from pivotpoint.listening.rereads.chunks import COLUMNS, values
from pivotpoint.listening.rereads.judged import keep_judgements
from pivotpoint.listening.rereads.lent import CannotRead as CannotRead
from pivotpoint.listening.rereads.rows import Row, rows_of

_reading = Lock()
"""A worker with several threads reads in one of them while the others wait for the database."""


def read_range(run: int, after: int, last: int) -> int | None:
    """Behind `after`, up to `last`; how many. None when the run is no longer read. Twice is as good as once."""
    messages = Message.objects.filter(reading__isnull=False, pk__gt=after, pk__lte=last).order_by("pk")
    texts = dict(messages.values_list("pk", "text"))
    if not texts:
        return 0
    with _reading:
        reader, taggers = lent.loaded(run)
        rows = rows_of(reader, taggers, list(texts.values()))
    return len(texts) if _write(run, dict(zip(texts, rows, strict=True))) else None


def _write(run: int, rows: dict[int, Row]) -> bool:
    """Not when somebody paused or cancelled the run: whoever does it waits for this transaction, or this for theirs."""
    with transaction.atomic():
        if not _is_read(run):
            return False
        keep_judgements(rows)
        copy_in(CandidateReading, COLUMNS, values(run, rows), owner="message")
    return True


def _is_read(run: int) -> bool:
    table = connection.ops.quote_name(Reread._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT state FROM {table} WHERE id = %s FOR SHARE", [run])  # noqa: S608 our own name
        row = cursor.fetchone()
    return row is not None and row[0] == Reread.State.RUNNING
