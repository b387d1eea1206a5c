"""Assign live messages to conversations: continue one, reopen one, or open a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models

from pivotpoint.channels.models import Channel, Conversation
from pivotpoint.channels.owners import next_owners
from pivotpoint.journal.record import record_many
from pivotpoint.lib import bulk, clock, stored
from pivotpoint.lib.among import among
from pivotpoint.lib.prepared import Prepared

NAMES = (
    "id",
    "channel",
    "customer",
    "thread",
    "subject",
    "owner",
    "due_at",
    "opened_at",
    "last_at",
    "waiting_since",
    "apart",
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a conversation needs to know of a message. An empty `thread`: the person's own thread here."""

    customer: int
    thread: str
    subject: str
    text: str

    @property
    def key(self) -> str:
        return self.thread[:200] or f"customer:{self.customer}"


def answer_by(channel: Channel, since: datetime) -> datetime:
    """When an answer is due: the channel's `answer_hours`, else a day."""
    return since + timedelta(hours=float(channel.config.get("answer_hours") or 24))


def look_again_at(channel: Channel, since: datetime) -> datetime:
    """When somebody looks again after our answer: the channel's `follow_up_hours`, else three days."""
    return since + timedelta(hours=float(channel.config.get("follow_up_hours") or 72))


def place(channel: Channel, said: Sequence[Said]) -> list[int | None]:
    """The conversation of each, in order. None for all new ones when nobody is there who could own them."""
    first: dict[str, Said] = {}
    for one in said:
        first.setdefault(one.key, one)
    known: dict[str, int] = dict(_known(list(first), channel.pk))
    if known:
        _go_on(channel, list(known.values()))
    known |= _begin(channel, [one for key, one in first.items() if key not in known])
    return [known.get(one.key) for one in said]


@Prepared
def _known(threads: list[str], channel: int) -> models.QuerySet[Conversation, tuple[str, int]]:
    rows = Conversation.objects.filter(among("thread", threads), channel=channel)
    return rows.values_list("thread", "pk")


def _go_on(channel: Channel, ids: list[int]) -> None:
    """A closed one opens again; one that was answered waits again, with a new due date."""
    now = clock.now()
    ours = Conversation.objects.filter(pk__in=ids)
    again = list(ours.exclude(closed_at=None))
    if again:
        ours.exclude(closed_at=None).update(closed_at=None, closed_by=None, waiting_since=None, apart="")
    ours.filter(waiting_since=None).update(waiting_since=now, due_at=answer_by(channel, now))
    ours.update(last_at=now)
    if again:
        give_to_somebody_here(ours.filter(pk__in=[row.pk for row in again]))
        record_many("channels.conversation_reopened", again)


def give_to_somebody_here(reopened: models.QuerySet[Conversation]) -> None:
    """Give reopened conversations whose owner has left to somebody who is here."""
    orphans = list(reopened.exclude(owner__left_at=None).values_list("pk", flat=True))
    for pk, owner in zip(orphans, next_owners(len(orphans)), strict=False):
        Conversation.objects.filter(pk=pk).update(owner=owner)


def _begin(channel: Channel, said: Sequence[Said]) -> dict[str, int]:
    owners = next_owners(len(said))
    if not owners:
        return {}
    now = clock.now()
    at, due = stored.moment(now), stored.moment(answer_by(channel, now))
    ids = bulk.reserve(Conversation, len(said))
    rows = [
        (pk, channel.pk, one.customer, one.key, title(one), owner, due, at, at, at, "")
        for pk, one, owner in zip(ids, said, owners, strict=True)
    ]
    bulk.insert(Conversation, NAMES, rows)
    record_many("channels.conversation_opened", [Conversation(pk=pk) for pk in ids])
    return {one.key: pk for pk, one in zip(ids, said, strict=True)}


def title(said: Said) -> str:
    """The subject, else the first words."""
    words = said.subject.strip() or " ".join(said.text.split())
    return words if len(words) <= 80 else words[:79].rsplit(" ", 1)[0] + "…"
