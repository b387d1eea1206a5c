"""One batch of rows into messages, rejects and counts: all or nothing, and never twice."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from pivotpoint.channels.examine import name_of
from pivotpoint.channels.imports.convert import Outcome, Skipped
from pivotpoint.channels.imports.progress import OpenFile
from pivotpoint.channels.inbound import Inbound, Receipt
from pivotpoint.channels.inbox import receive
from pivotpoint.channels.models import ImportRun, Message
from pivotpoint.channels.models.import_run import Reject as RejectRow
from pivotpoint.channels.tables import Reject
from pivotpoint.customers import consent
from pivotpoint.lib import bulk, clock

State = ImportRun.State


class Overtaken(Exception):
    """The run was cancelled, or another worker has taken these rows in."""


@transaction.atomic
def take(run: ImportRun, batch: Sequence[Outcome], file: OpenFile) -> None:
    """`done_rows` moves on in the same transaction, and only from where this batch begins."""
    inbounds = [row for row in batch if isinstance(row, Inbound)]
    rejects = [row for row in batch if isinstance(row, Reject)]
    skipped = sum(isinstance(row, Skipped) for row in batch)
    mine = ImportRun.objects.filter(pk=run.pk, done_rows=file.done, state__in=(State.QUEUED, State.RUNNING))
    now = clock.now()
    if not mine.update(state=State.RUNNING, heartbeat_at=now, done_rows=F("done_rows") + len(batch)):
        raise Overtaken
    accepted = _count_new(run, inbounds, file) if run.dry_run else _receive(run, inbounds)
    _keep_rejects(run, rejects)
    ImportRun.objects.filter(pk=run.pk).update(
        accepted=F("accepted") + accepted,
        repeated=F("repeated") + len(inbounds) - accepted,
        rejected=F("rejected") + len(rejects),
        skipped=F("skipped") + skipped,
    )


def _receive(run: ImportRun, inbounds: list[Inbound]) -> int:
    if not inbounds or run.channel is None:
        return 0
    receipts = receive(run.channel, inbounds, import_run=run, live=False)
    new = [receipt for receipt in receipts if receipt.created]
    if run.consent_source:
        _note_consent(run, new)
    return len(new)


def _note_consent(run: ImportRun, new: list[Receipt]) -> None:
    """They said yes where the file comes from, at the latest when they wrote."""
    rows = Message.objects.filter(pk__in=[receipt.message_id for receipt in new]).exclude(customer=None)
    said = [
        consent.Said(customer, granted=True, at=at)
        for customer, at in rows.order_by("said_at", "pk").values_list("customer_id", "said_at")
        if customer is not None
    ]
    if said:
        consent.note(said, "notice", channel_kind="", source=run.consent_source)


def _count_new(run: ImportRun, inbounds: list[Inbound], file: OpenFile) -> int:
    """What a real run would take in: neither on the channel already, nor earlier in the file."""
    names = {name_of(inbound.external_id) for inbound in inbounds} - file.seen
    file.seen |= names
    known = Message.objects.filter(channel=run.channel, external_id__in=names)
    return len(names) - known.count()


def _keep_rejects(run: ImportRun, rejects: list[Reject]) -> None:
    rows = [(run.pk, reject.number, reject.reason[:200], reject.raw) for reject in rejects]
    bulk.insert(RejectRow, ("import_run", "row_number", "reason", "raw"), rows, new_only=True)
