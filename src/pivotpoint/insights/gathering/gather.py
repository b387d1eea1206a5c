"""Put read messages into themes. The reading is the queue entry, the membership the proof that it is done.

Where a message goes depends on those that came before it, and on when the themes were last put in order. While many wait,
both go by counts: blocks of BLOCK readings in the order in which they came, and a consolidation behind the same block
whatever the clock says. So the same file gives the same themes, on a fast machine and on a slow one (law 8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from django.db import transaction
from django.db.models import F, IntegerField, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from pivotpoint.channels.models import Message
from pivotpoint.insights.cluster_moods import forget_moods
from pivotpoint.insights.counting.count import count_due
from pivotpoint.insights.gathering import memory
from pivotpoint.insights.gathering.busy import is_busy, is_importing
from pivotpoint.insights.gathering.consolidate import consolidate, is_due
from pivotpoint.insights.gathering.matters import look_again
from pivotpoint.insights.models import IndexState, Membership, Theme
from pivotpoint.insights.naming.titles import name_new, read_names_early
from pivotpoint.lib import bulk, clock
from pivotpoint.lib.among import among
from pivotpoint.lib.disk import may_be_repeated
from pivotpoint.listening.encoders.live import live_encoder
from pivotpoint.listening.models import Reading
from pivotpoint.listening.reading.ahead import cleaned_and_encoded, copies_marked, is_running
from textanalytics.base import FloatArray, IntArray
from textanalytics.duplicates import Marks

BLOCK, BLOCKS = 2_000, 3
"""Readings that are placed at once, and how many times before the other sweeps have their turn."""

Row = tuple[int, int, str]
"""A message, whether it is about us, and its text."""

COLUMNS = (
    "message",
    "cluster",
    "customer",
    "channel",
    "said_at",
    "day",
    "negative",
    "positive",
    "actionable",
    "function",
    "intent",
    "copy_mark",
    "near_first",
    "near_middle",
    "near_last",
)


class Fact(NamedTuple):
    """What a membership keeps of one reading and its message. `said_at` and yes or no as the database writes them:
    they only go from one table to another, and making them Python's costs more than all the rest."""

    message: int
    about_us: int
    customer: int | None
    channel: int
    said_at: str
    mood: str
    actionable: int
    function: str
    intent: str

    @property
    def counts(self) -> bool:
        return bool(self.about_us) and self.customer is not None


ABOUT_US = Cast("about_us", IntegerField())
FACTS = (
    F("message_id"),
    ABOUT_US,
    F("message__customer_id"),
    F("message__channel_id"),
    Cast("message__said_at", TextField()),
    F("mood"),
    Cast("actionable", IntegerField()),
    F("function"),
    F("intent"),
)


@dataclass(frozen=True)
class Batch:
    """Messages to place, with what takes time worked out before any lock is taken; whose vectors they are."""

    rows: list[Row]
    all: list[int]
    messages: list[int]
    texts: list[str]
    marks: list[Marks]
    vectors: FloatArray
    encoder: str


def gather(limit: int = BLOCK) -> int:
    """Put the oldest readings without a theme into themes, then count what is due; how many were placed.

    At most BLOCKS times `limit`; while more is on its way in, whole blocks only. What is not about us is marked as
    gathered and joins nothing.
    """
    placed, busy = 0, is_busy()
    for _ in range(BLOCKS):
        if busy and is_due():
            consolidate()
        batch = _batch(limit, whole=busy)
        if batch is None:
            break
        if busy and is_running():
            _read_names_early()
        _place_again(batch)
        placed += len(batch.all)
        name_new()
        busy = is_busy()
        count_due(busy=busy)
        if len(batch.all) < limit:
            break
    if not placed and not busy:
        return count_due(busy=False)
    return placed


def _place_again(batch: Batch) -> None:
    """Place it; anew when another process has changed the clusters meanwhile, or the encoder."""
    for _ in range(3):
        try:
            with may_be_repeated(), memory.held() as copy, transaction.atomic():
                _place(copy, batch)
            break
        except memory.Stale:
            if batch.encoder != live_encoder().name:
                batch = _encoded(batch.rows)


def _read_names_early() -> None:
    """When all has been read, it will be put in order next."""
    if not Message.objects.unread().exists() and not is_importing():
        with memory.held() as copy:
            read_names_early(copy.index.texts())


def _batch(limit: int, *, whole: bool) -> Batch | None:
    """The oldest readings without a theme; None if there are none, or only a part of a block of which the rest is coming."""
    waiting = Reading.objects.filter(gathered_at=None).order_by("pk")
    if whole and not _is_whole(next(iter(waiting.values_list("pk", flat=True)[limit - 1 : limit]), None)):
        return None
    rows: list[Row] = list(waiting.values_list("pk", ABOUT_US, "message__text")[:limit])
    return _encoded(rows) if rows else None


def _is_whole(last: int | None) -> bool:
    """Nobody will come between those up to the last of a block; nor, where there is no such one, behind them."""
    unread = Message.objects.unread()
    if last is None:
        return not unread.exists() and not is_importing()
    return not unread.filter(pk__lt=last).exists()


def _encoded(rows: list[Row]) -> Batch:
    ours = [(pk, text) for pk, about_us, text in rows if about_us]
    encoder = live_encoder()
    texts, vectors = cleaned_and_encoded([text for _, text in ours], encoder)
    marks = copies_marked([text for _, text in ours])
    return Batch(rows, [pk for pk, *_ in rows], [pk for pk, _ in ours], texts, marks, vectors, encoder.name)


def _place(copy: memory.Held, batch: Batch) -> None:
    """One transaction: clusters, memberships, and the mark on the readings. Asks again what is still to be done."""
    if batch.encoder != copy.encoder:
        raise memory.Stale
    facts = _still_to_do(batch.all)
    mine = [i for i, pk in enumerate(batch.messages) if pk in facts and facts[pk].counts]
    clusters = copy.index.add(batch.vectors[mine], [batch.texts[i] for i in mine])
    memory.save(copy, gathered=len(mine))
    forget_moods(set(clusters.tolist()))
    bulk.insert(
        Membership,
        COLUMNS,
        _rows([facts[batch.messages[i]] for i in mine], clusters.tolist(), [batch.marks[i] for i in mine]),
        new_only=True,
    )
    Reading.objects.filter(among("pk", facts)).update(gathered_at=clock.now())
    _look_again([facts[batch.messages[i]].message for i in mine])
    _note_uncounted(copy.index.themes_of(clusters))


def _look_again(messages: Sequence[int]) -> None:
    """Who comes behind those whose other matters have been looked for already would be passed over."""
    looked = IndexState.objects.values_list("parted", flat=True).get(pk=1)
    if late := [pk for pk in messages if pk <= looked]:
        look_again(late)


def _still_to_do(pks: list[int]) -> dict[int, Fact]:
    rows = Reading.objects.filter(among("pk", pks), gathered_at=None).order_by("pk")
    return {row[0]: Fact(*row) for row in rows.select_for_update(of=("self",)).values_list(*FACTS)}


def _rows(facts: Sequence[Fact], clusters: Sequence[int], marks: Sequence[Marks]) -> list[tuple[object, ...]]:
    days = _days([fact.said_at for fact in facts])
    return [
        (
            fact.message,
            cluster,
            fact.customer,
            fact.channel,
            fact.said_at,
            day,
            fact.mood == "negative",
            fact.mood == "positive",
            bool(fact.actionable),
            fact.function,
            fact.intent,
            *mark,
        )
        for fact, cluster, day, mark in zip(facts, clusters, days, marks, strict=True)
    ]


def _days(moments: Sequence[str]) -> list[str]:
    """The day of each in our time zone. The database writes its moments in UTC, so in UTC they begin with the day."""
    here = timezone.get_current_timezone()
    if str(here) == "UTC":
        return [moment[:10] for moment in moments]
    aware = (datetime.fromisoformat(moment) for moment in moments)
    return [(at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(here).date().isoformat() for at in aware]


def _note_uncounted(themes: IntArray) -> None:
    grown, by = np.unique(themes[themes >= 0], return_counts=True)
    bulk.add(Theme, "uncounted", dict(zip(grown.tolist(), by.tolist(), strict=True)))
