"""Take messages in: adapters, the web form, the API and imports all end here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from pivotpoint.channels import threads
from pivotpoint.channels.examine import clean, document, examine, name_of
from pivotpoint.channels.inbound import Inbound, Receipt
from pivotpoint.channels.models import Audience, Channel, Direction, ImportRun, Message
from pivotpoint.channels.search import index_new
from pivotpoint.customers import consent
from pivotpoint.customers.handles import Handle
from pivotpoint.customers.identify import identify
from pivotpoint.lib import bulk, clock, stored
from pivotpoint.lib.among import among
from pivotpoint.lib.prepared import Prepared

__all__ = ["MOST", "Inbound", "Receipt", "receive"]

MOST = 5_000
NO_DATA = "{}"
NAMES = (
    "id",
    "channel",
    "external_id",
    "conversation",
    "customer",
    "identity",
    "direction",
    "audience",
    "subject",
    "text",
    "said_at",
    "received_at",
    "quarantined",
    "import_run",
    "data",
)


@Prepared
def _lock(channel: int) -> QuerySet[Channel, tuple[int]]:
    return Channel.objects.select_for_update().filter(pk=channel).values_list("pk")


@Prepared
def _heard(names: list[str], channel: int) -> QuerySet[Message, tuple[str, int]]:
    return Message.objects.filter(among("external_id", names), channel=channel).values_list(
        "external_id", "pk"
    )


@transaction.atomic
def receive(
    channel: Channel,
    inbounds: Sequence[Inbound],
    *,
    import_run: ImportRun | None = None,
    live: bool = True,
) -> list[Receipt]:
    """Take up to MOST messages, all or none; one receipt each, in order. Committed when it returns (law 1).

    The same external id twice, in this call or ever before on this channel, is one message. Live words to us open
    or continue a conversation with an owner and a due date; an imported history has none. What is empty, too long
    or not text is kept apart with the reason. A constant number of statements for any number of messages.
    """
    if len(inbounds) > MOST:
        raise ValueError(f"At most {MOST:,} messages at once.")
    # PostgreSQL: one writer a channel, so that what we do not find is new. SQLite has one writer anyway.
    if not _lock(channel.pk):
        raise Channel.DoesNotExist
    names = [name_of(inbound.external_id) for inbound in inbounds]
    if not all(names):
        raise ValidationError("A message has no external id.")
    known: dict[str, int] = dict(_heard(list(set(names)), channel.pk))
    fresh: dict[str, Inbound] = {}
    for name, inbound in zip(names, inbounds, strict=True):
        if name not in known:
            fresh.setdefault(name, inbound)
    created = _store(channel, fresh, import_run, live) if fresh else {}
    receipts = []
    for name in names:
        pk, apart = created.pop(name, (0, ""))
        receipts.append(Receipt(name, pk or known[name], bool(pk), apart))
        known.setdefault(name, pk)
    return receipts


def _store(
    channel: Channel, fresh: dict[str, Inbound], import_run: ImportRun | None, live: bool
) -> dict[str, tuple[int, str]]:
    """Write what is new: (message id, why it is kept apart) by name."""
    read = [(inbound.kept_apart[:120], *examine(inbound.text)) for inbound in fresh.values()]
    texts = [text for _, text, _ in read]
    apart = [doubt or reason for doubt, _, reason in read]
    speakers = identify([_handle(channel, inbound) for inbound in fresh.values()])
    conversations = _conversations(channel, fresh, speakers, texts, apart) if live else {}
    now = clock.now()
    at, run = stored.moment(now), import_run.pk if import_run else None
    audiences = frozenset(Audience.values)
    ids = bulk.reserve(Message, len(fresh))
    rows = []
    said = stored.moments(_aware(inbound.said_at or now) for inbound in fresh.values())
    for position, (pk, (name, inbound)) in enumerate(zip(ids, fresh.items(), strict=True)):
        customer, identity = speakers[position]
        rows.append((
            pk, channel.pk, name, conversations.get(position), customer, identity, Direction.IN.value,
            inbound.audience if inbound.audience in audiences else Audience.US.value,
            clean(inbound.subject.strip())[:200] if inbound.subject else "", texts[position],
            said[position], at, apart[position], run,
            document(inbound.data) if inbound.data else NO_DATA,
        ))  # fmt: skip
    bulk.insert(Message, NAMES, rows)
    _note_consents(channel, list(fresh.values()), speakers, now)
    index_new()
    return {
        name: (row[0], apart[position]) for position, (name, row) in enumerate(zip(fresh, rows, strict=True))
    }


def _handle(channel: Channel, inbound: Inbound) -> Handle:
    return Handle(
        channel.kind,
        clean(inbound.handle),
        clean(inbound.name),
        clean(inbound.email),
        clean(inbound.segment),
        clean(inbound.organisation),
    )


def _aware(moment: datetime) -> datetime:
    """A time without a zone is UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _conversations(
    channel: Channel, fresh: dict[str, Inbound], speakers: Sequence[Any], texts: list[str], apart: list[str]
) -> dict[int, int | None]:
    """The conversation of each message that is addressed to us and not kept apart, by position."""
    waiting = {
        position: threads.Said(
            speakers[position][0], clean(inbound.thread), clean(inbound.subject), texts[position]
        )
        for position, inbound in enumerate(fresh.values())
        if not apart[position] and inbound.audience == Audience.US
    }
    if not waiting:
        return {}
    return dict(zip(waiting, threads.place(channel, list(waiting.values())), strict=True))


def _note_consents(
    channel: Channel, inbounds: list[Inbound], speakers: Sequence[tuple[int, int | None]], now: datetime
) -> None:
    """Whoever was asked whether we may tell them said yes or no when they wrote."""
    asked = [
        consent.Said(speakers[position][0], inbound.may_tell, _aware(inbound.said_at or now))
        for position, inbound in enumerate(inbounds)
        if inbound.may_tell is not None
    ]
    if asked:
        consent.note(asked, "notice", channel_kind=channel.kind, source=f"{channel.name}: with their message")
