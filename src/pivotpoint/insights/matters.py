"""Other matters of a message: parts that another theme than its own is about count there, too, for the same person.

They shape no theme, so nothing moves because of them. A part that no theme is about waits for one: it is asked about
again whenever the themes have been put in order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from django.db.models import F, QuerySet

from pivotpoint.insights import memory
from pivotpoint.insights.busy import is_busy
from pivotpoint.insights.consolidate import is_due
from pivotpoint.insights.models import IndexState, Matter, Membership, Theme
from pivotpoint.lib import bulk
from pivotpoint.lib.among import among
from pivotpoint.listening.encoders.live import live_encoder
from pivotpoint.listening.reader import live_reader
from textanalytics.base import BoolArray, FloatArray, IntArray, Span
from textanalytics.grouping.vague import is_vague
from textanalytics.reading.matters import phases
from textanalytics.reading.reading import Readings
from textanalytics.text import clean
from textanalytics.words.turns import customers_words

LIMIT, WAITING = 2_000, 1_000
"""Messages that are looked at in one sweep, and parts without a theme, the latest, that are asked about again."""

NEAR, NEARER = 0.7, 0.1
"""Cosine from which a part is about another theme, and how much nearer that must be than the message's own."""

APART, UNLIKE = 0.4, 0.5
"""Cosine of a part with the rest of its message from which they are one matter; and with the message's own theme from
which a part that no other theme is about does not wait for one."""

COLUMNS = ("membership", "start", "end", "cluster", "negative", "actionable", "function", "asked")
Row = tuple[int, str, int]
"""A message, its text, and its cluster."""


@dataclass(frozen=True)
class Part:
    """What a message says besides, and how that was read."""

    message: int
    span: Span
    own: int
    text: str
    rest: str
    negative: bool
    actionable: bool
    function: str


def hear_matters(limit: int = LIMIT) -> int:
    """Look at messages that have not been looked at, the oldest first; how many. Nothing while more is on its way in."""
    state = IndexState.objects.first()
    if state is None or not state.consolidated or is_busy() or is_due():
        return 0
    rows, again = _new(state, limit), _asked_again(limit)
    if not rows and not again:
        return _ask_waiting(state)
    found = _parts([*rows, *again])
    with memory.held() as copy:
        if copy.encoder != live_encoder().name:
            return 0
        homes, kept = _homes(copy, found)
        with transaction.atomic():
            if not _is_same(copy):
                return 0
            touched = _forget([pk for pk, *_ in again])
            asked = state.consolidated
            bulk.insert(Matter, COLUMNS, _rows(found, homes, kept, asked), new_only=True)
            touched |= _themes(copy, homes)
            if rows:
                IndexState.objects.update(parted=rows[-1][0])
            bulk.add(Theme, "uncounted", dict.fromkeys(touched, 1))
            _wait_no_longer()
    return len(rows) + len(again)


def look_again(messages: Collection[int]) -> None:
    """These are looked at again: they were read anew, or came in late. What they had counts until then."""
    bulk.insert(Matter, COLUMNS, [(pk, 0, 0, None, False, False, "", 0) for pk in messages], new_only=True)


def themes_with(messages: Collection[int]) -> set[int]:
    """The themes in which these messages are counted besides their own."""
    rows = Matter.objects.filter(among("membership", list(messages)), cluster__theme__isnull=False)
    return set(rows.values_list("cluster__theme", flat=True))


def _new(state: IndexState, limit: int) -> list[Row]:
    rows = Membership.objects.filter(pk__gt=state.parted).order_by("pk")
    return list(rows.values_list("pk", "message__text", "cluster")[:limit])


def _asked_again(limit: int) -> list[Row]:
    rows = Membership.objects.filter(matters__end=0).order_by("pk")
    return list(rows.values_list("pk", "message__text", "cluster")[:limit])


def _parts(rows: Sequence[Row]) -> list[Part]:
    """Those that say something by themselves: somebody praises, blames, or wants something."""
    heard = [(pk, customers_words(text), own) for pk, text, own in rows]
    places = [
        (pk, (start, end), own, text[start:end], f"{text[:start]} {text[end:]}")
        for pk, text, own in heard
        for start, end in phases(text)
    ]
    said = [text for *_, text, _ in places]
    empty, read = is_vague([clean(text) for text in said]), live_reader().read(said)
    return [
        Part(*place, read.mood[i] == "negative", bool(read.actionable[i]), read.function[i])
        for i, place in enumerate(places)
        if not empty[i] and _says_something(read, i)
    ]


def _says_something(read: Readings, i: int) -> bool:
    """Somebody could act upon it, or it praises or blames something of ours."""
    charged = read.mood[i] != "neutral" and read.function[i] != ""
    return bool(read.about_us[i]) and (bool(read.actionable[i]) or charged)


def _homes(copy: memory.Held, found: Sequence[Part]) -> tuple[list[int], list[bool]]:
    """For each part the cluster of another theme that it is about, or -1; and whether it is kept at all."""
    encoder = live_encoder()
    vectors = encoder.encode([clean(part.text) for part in found])
    apart = (vectors * encoder.encode([clean(part.rest) for part in found])).sum(1) < APART
    own = np.array([part.own for part in found], np.int64)
    cluster, near, mine = copy.index.nearest_other(vectors, own)
    there = apart & (near >= NEAR) & (near - mine >= NEARER)
    there &= _nearest(found, copy.index.themes_of(np.maximum(cluster, 0)), np.where(there, near, -1.0))
    waits = apart & ~there & (mine < UNLIKE) & np.array([part.actionable for part in found], np.bool_)
    return np.where(there, cluster, -1).tolist(), (there | waits).tolist()


def _nearest(found: Sequence[Part], themes: IntArray, near: FloatArray) -> BoolArray:
    """(n,) whether no other part of the same message is nearer to the same theme: a message counts there once."""
    best: dict[tuple[int, int], int] = {}
    for i in np.argsort(-near, kind="stable").tolist():
        best.setdefault((found[i].message, int(themes[i])), i)
    return np.isin(np.arange(len(found)), list(best.values()))


def _rows(
    found: Sequence[Part], homes: Sequence[int], kept: Sequence[bool], asked: int
) -> list[tuple[object, ...]]:
    return [
        (
            part.message,
            *part.span,
            None if home < 0 else home,
            part.negative,
            part.actionable,
            part.function,
            asked,
        )
        for part, home, keep in zip(found, homes, kept, strict=True)
        if keep
    ]


def _themes(copy: memory.Held, homes: Sequence[int]) -> set[int]:
    there = np.array([home for home in homes if home >= 0], np.int64)
    return set(copy.index.themes_of(there).tolist()) - {-1}


def _is_same(copy: memory.Held) -> bool:
    """Whether the clusters are still those that were asked; locked until the transaction ends."""
    return IndexState.objects.select_for_update().get(pk=1).stamp == copy.stamp


def _forget(messages: Sequence[int]) -> set[int]:
    """What was found in them before; the themes that it counted in."""
    touched = themes_with(messages)
    Matter.objects.filter(among("membership", list(messages))).delete()
    return touched


def _waiting() -> QuerySet[Matter]:
    return Matter.objects.filter(cluster=None, end__gt=0).order_by("-pk")


def _wait_no_longer() -> None:
    """Only the latest wait: on a million messages the others would be as many."""
    if oldest := list(_waiting().values_list("pk", flat=True)[WAITING : WAITING + 1]):
        _waiting().filter(pk__lte=oldest[0]).delete()


def _ask_waiting(state: IndexState) -> int:
    """Parts without a theme, after the themes were put in order: whether one is about them now."""
    rows = list(
        _waiting()
        .filter(asked__lt=state.consolidated)
        .annotate(text=F("membership__message__text"), own=F("membership__cluster"))[:WAITING]
    )
    if not rows:
        return 0
    found = [
        Part(
            row.membership_id,
            (row.start, row.end),
            row.own,
            text[row.start : row.end],
            f"{text[: row.start]} {text[row.end :]}",
            row.negative,
            row.actionable,
            row.function,
        )
        for row in rows
        for text in [customers_words(row.text)]
    ]
    with memory.held() as copy:
        if copy.encoder != live_encoder().name:
            return 0
        homes, _ = _homes(copy, found)
        with transaction.atomic():
            if not _is_same(copy):
                return 0
            for row, home in zip(rows, homes, strict=True):
                row.cluster_id, row.asked = None if home < 0 else home, state.consolidated
            bulk.change(rows, ("cluster", "asked"))
            bulk.add(Theme, "uncounted", dict.fromkeys(_themes(copy, homes), 1))
    return len(rows)
