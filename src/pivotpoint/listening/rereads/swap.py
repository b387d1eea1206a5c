"""Candidates change places with readings, some at a time; the same again undoes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from pivotpoint.channels.models import Message
from pivotpoint.lib import bulk, clock, stored
from pivotpoint.lib.among import among
from pivotpoint.listening.models import CandidateReading, Reading, Reread, Tag
from pivotpoint.listening.names import mentions
from pivotpoint.listening.names.gazetteer import finder_of
from pivotpoint.listening.rereads.judged import keep_judgements
from pivotpoint.listening.rereads.rows import NAMES
from pivotpoint.listening.taxonomies.tags import COLUMNS as TAG_COLUMNS

AT_ONCE = 1_000
Follower = Callable[[Sequence[int]], None]
_followers: list[Follower] = []


def follows(follower: Follower) -> None:
    """A later stage that keeps something of readings: `follower(messages)` runs in the exchange's own transaction."""
    if follower not in _followers:
        _followers.append(follower)


def swap_some(run: Reread) -> int:
    """Exchange the next candidates with their readings; how many. A kill leaves each on one side, never between."""
    with transaction.atomic():
        run = Reread.objects.select_for_update().get(pk=run.pk)
        if run.state not in (Reread.State.ACCEPTING, Reread.State.UNDOING):
            return 0
        rows = CandidateReading.objects.filter(run=run, pk__gt=run.swapped).order_by("pk")[:AT_ONCE]
        candidates = list(rows)
        if candidates:
            _exchange(candidates, _names(run, candidates))
            Reread.objects.filter(pk=run.pk).update(swapped=candidates[-1].pk, worked_at=clock.now())
    return len(candidates)


def _names(run: Reread, candidates: Sequence[CandidateReading]) -> dict[int, list[mentions.Kept]]:
    """What the messages name: found with the run's own gazetteer, or what they named before, to be put back."""
    back = {row.message_id: row.mentions for row in candidates if row.mentions is not None}
    if run.state == Reread.State.UNDOING:
        return back
    wanted = [row.message_id for row in candidates if row.message_id not in back]
    texts = dict(Message.objects.filter(among("pk", wanted)).values_list("pk", "text"))
    finder = finder_of(run.gazetteer)
    found = zip(texts, finder.find(list(texts.values())), strict=True)
    return back | {pk: mentions.kept(named, finder.version) for pk, named in found}


def _exchange(candidates: Sequence[CandidateReading], named: dict[int, list[mentions.Kept]]) -> None:
    by = {row.message_id: row for row in candidates}
    locked = Reading.objects.select_for_update().filter(among("pk", list(by))).order_by("pk")
    readings = {reading.pk: reading for reading in locked}
    tags = _tags(list(by))
    new = {pk: _row(by[pk], by[pk].tags) for pk in readings}
    keep_judgements(new)
    for pk, reading in readings.items():
        old = _row(reading, tags.get(pk, []))
        _put(reading, new[pk])
        _put(by[pk], old)
        by[pk].tags = old["tags"]
    about_us = {pk: named[pk] if new[pk]["about_us"] else [] for pk in readings if pk in named}
    for pk, before in mentions.exchange(about_us).items():
        by[pk].mentions = before
    bulk.change(list(readings.values()), NAMES)
    bulk.change([by[pk] for pk in readings], (*NAMES, "tags", "mentions"))
    _put_tags(new)
    for follower in _followers:
        follower(list(readings))


def _row(holder: Reading | CandidateReading, tags: list[Any]) -> dict[str, Any]:
    return {**{name: getattr(holder, name) for name in NAMES}, "tags": tags}


def _put(holder: Reading | CandidateReading, row: dict[str, Any]) -> None:
    for name in NAMES:
        setattr(holder, name, row[name])


def _tags(messages: Sequence[int]) -> dict[int, list[Any]]:
    """What was read, without what people said: that stays."""
    found: dict[int, list[Any]] = {}
    rows = Tag.objects.filter(among("message", list(messages)), by=None).order_by("pk")
    for message, *tag in rows.values_list("message", "of", "confidence", "evidence", "version"):
        found.setdefault(message, []).append(tag)
    return found


def _put_tags(rows: dict[int, dict[str, Any]]) -> None:
    Tag.objects.filter(among("message", list(rows)), by=None).delete()
    tags = [(pk, *tag) for pk, row in rows.items() for tag in row["tags"]]
    evidence = stored.documents(tag[3] for tag in tags)
    values = [
        (pk, of, sure, shown, version)
        for (pk, of, sure, _, version), shown in zip(tags, evidence, strict=True)
    ]
    bulk.insert(Tag, TAG_COLUMNS, values, new_only=True)
