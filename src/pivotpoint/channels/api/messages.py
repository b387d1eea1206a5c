"""Post messages, one or many, and list them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404
from ninja import Router

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.channels.adapters import ChannelError, adapter
from pivotpoint.channels.adapters.records import parse
from pivotpoint.channels.api.schemas import MessageIn, MessageOut, Result, Results
from pivotpoint.channels.examine import name_of
from pivotpoint.channels.inbox import Inbound, Receipt, receive
from pivotpoint.channels.models import Audience, Channel, Message
from pivotpoint.channels.release import release
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.lib.problems import Problem, not_json

router = Router()
MOST = 1_000
ONE = MessageIn.json_schema()
MANY = {"type": "array", "maxItems": MOST, "items": ONE}
BODY = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": {"oneOf": [ONE, MANY]}}}}
}


@router.post("/messages", auth=needs_scope("message.write"), response={202: Results}, openapi_extra=BODY)
def post_messages(request: Call, channel: str = "", live: bool = True) -> Results:
    """Post one message (an object) or up to 1,000 (a list).

    The answer comes after the commit: what it calls created or repeated is kept for good. The same external_id on
    the same channel is one message, so a call without an answer can be made again. `live=false` is for a history:
    nobody waits for an answer to it.
    """
    records = _records(request)
    return Results(results=_take(records, channel, live=live))


@router.post("/channels/{key}/raw", auth=needs_scope("message.write"), response={202: Results})
def post_raw(request: Call, key: str) -> Results:
    """Post a message in its original form, such as a raw e-mail (RFC 5322) from your mail server."""
    channel = get_object_or_404(Channel.objects.visible_to(request.auth), key=key, closed_at=None)
    if channel.kind != "email":
        raise Problem(422, "This channel takes no raw words", "Post to /api/v1/messages instead.")
    try:
        inbounds = adapter(channel.kind).parse(request.body)
    except ChannelError as error:
        raise Problem(422, "That can't be read", str(error)) from error
    return Results(results=[_result(one) for one in receive(channel, inbounds)])


@router.get("/messages", auth=needs_scope("customer.view"), response=Paged[MessageOut])
def list_messages(
    request: Call,
    channel: str = "",
    customer: int | None = None,
    conversation: int | None = None,
    direction: str = "",
    quarantined: bool | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page:
    """Messages, the newest first. `since` and `until` refer to the time of receipt."""
    rows = Message.objects.visible_to(request.auth)
    exact = {"customer": customer, "conversation": conversation, "direction": direction or None}
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    if channel:
        rows = rows.filter(channel__key=channel)
    if quarantined is not None:
        rows = rows.exclude(quarantined="") if quarantined else rows.filter(quarantined="")
    if since:
        rows = rows.filter(received_at__gte=since)
    if until:
        rows = rows.filter(received_at__lt=until)
    return page(rows, cursor, limit, key="-id")


@router.get("/messages/{int:pk}", auth=needs_scope("customer.view"), response=MessageOut)
def get_message(request: Call, pk: int) -> Message:
    """One message."""
    return get_object_or_404(Message.objects.visible_to(request.auth), pk=pk)


@router.post("/messages/{int:pk}/release", auth=needs_scope("reply.send"), response=MessageOut)
def release_message(request: Call, pk: int) -> Message:
    """Release a quarantined message."""
    message = get_object_or_404(Message.objects.visible_to(request.auth), pk=pk)
    release(message, by=request.auth)
    message.refresh_from_db()
    return message


def _records(request: Call) -> list[Any]:
    try:
        found = orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        raise not_json(request, str(error)) from error
    records = found if isinstance(found, list) else [found]
    if len(records) > MOST:
        raise Problem(
            413, "Too many at once", f"Send at most {MOST:,} messages in one call, not {len(records):,}."
        )
    return records


@transaction.atomic
def _take(records: list[Any], default: str, *, live: bool) -> list[Result]:
    """One result each, in order: all that can be taken are committed together."""
    channels = _channels(records, default)
    results: list[Result | None] = [None] * len(records)
    batches: dict[int, list[tuple[int, Inbound]]] = defaultdict(list)
    for position, record in enumerate(records):
        try:
            channel, inbound = _read(record, default, channels)
        except ChannelError as error:
            name = str(record.get("external_id", "")) if isinstance(record, Mapping) else ""
            results[position] = Result(external_id=name[:200], id=None, status="rejected", detail=str(error))
        else:
            batches[channel.pk].append((position, inbound))
    by_pk = {channel.pk: channel for channel in channels.values()}
    for pk, batch in batches.items():
        receipts = receive(by_pk[pk], [inbound for _, inbound in batch], live=live)
        for (position, _), receipt in zip(batch, receipts, strict=True):
            results[position] = _result(receipt)
    return [result for result in results if result is not None]


def _result(receipt: Receipt) -> Result:
    return Result(
        external_id=receipt.external_id,
        id=receipt.message_id,
        status="created" if receipt.created else "repeated",
        detail=f"kept apart: {receipt.quarantined}" if receipt.quarantined else "",
    )


def _channels(records: list[Any], default: str) -> dict[str, Channel]:
    """The open channels that are named, by their name and their key."""
    named = {
        str(record["channel"]) for record in records if isinstance(record, Mapping) and record.get("channel")
    }
    rows = Channel.objects.filter(
        Q(key__in={*named, default}) | Q(name__in={*named, default}), closed_at=None
    )
    found: dict[str, Channel] = {}
    for channel in rows:
        found.setdefault(channel.name, channel)
    return found | {channel.key: channel for channel in rows}


def _read(record: Any, default: str, channels: dict[str, Channel]) -> tuple[Channel, Inbound]:
    """The channel and the words of one record; ChannelError in one sentence when it does not do."""
    if not isinstance(record, Mapping):
        raise ChannelError("A message is an object with at least external_id and text.", permanent=True)
    name = str(record.get("channel") or default)
    if not name:
        raise ChannelError("channel is missing: name one in the message or in the address.", permanent=True)
    if name not in channels:
        raise ChannelError(f"There is no open channel {name[:80]}.", permanent=True)
    (inbound,) = parse({key: value for key, value in record.items() if key != "channel"})
    if inbound.audience not in Audience.values:
        raise ChannelError("audience is us, about or elsewhere.", permanent=True)
    if not name_of(inbound.external_id):
        raise ChannelError("external_id is missing.", permanent=True)
    return channels[name], inbound
