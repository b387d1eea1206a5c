"""Other matters of a message: parts that another theme than its own is about count there, too, for the same person.

They shape no theme, so nothing moves because of them (`textanalytics.matters`). A message of which a part waits for a theme is
looked at again whenever the themes have been put in order. What is said beside another matter keeps a row for both: if the
whole moves to the theme of the one, it counts for the other still.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from pivotpoint.insights.gathering import memory
from pivotpoint.insights.gathering.busy import is_busy
from pivotpoint.insights.gathering.consolidate import is_due
from pivotpoint.insights.models import IndexState, Matter, Membership, Theme
from pivotpoint.lib import bulk
from pivotpoint.lib.among import among
from pivotpoint.listening.encoders.live import live_encoder
from pivotpoint.listening.learning.reader import live_reader
from textanalytics.matters import Part, Said, besides

LIMIT, WAITING = 2_000, 1_000
"""Messages that are looked at in one sweep, and parts without a theme, the latest, that are asked about again."""

COLUMNS = ("membership", "start", "end", "cluster", "negative", "actionable", "function", "asked")


def hear_matters(limit: int = LIMIT) -> int:
    """Look at messages that have not been looked at, the oldest first; how many. Nothing while more is on its way in."""
    state = IndexState.objects.first()
    if state is None or not state.consolidated or is_busy() or is_due():
        return 0
    rows, again = _new(state, limit), _asked_again(limit)
    waiting = [] if rows or again else _waiting_for_more(state)
    if not rows and not again and not waiting:
        return 0
    with memory.held() as copy:
        if copy.encoder != live_encoder().name:
            return 0
        found = besides([*rows, *again, *waiting], copy.index, live_encoder(), live_reader())
        with transaction.atomic():
            if not _is_same(copy):
                return 0
            still = _still_waiting(waiting, found, state.consolidated)
            touched = _forget([one.key for one in (*again, *waiting) if one.key not in still])
            kept = [part for part in found if part.message not in still]
            bulk.insert(Matter, COLUMNS, _rows(kept, state.consolidated), new_only=True)
            touched |= _themes(copy, kept)
            if rows:
                IndexState.objects.update(parted=rows[-1].key)
            bulk.add(Theme, "uncounted", dict.fromkeys(touched, 1))
            _wait_no_longer()
    return len(rows) + len(again) + len(waiting)


def look_again(messages: Collection[int]) -> None:
    """These are looked at again: they were read anew, or came in late. What they had counts until then."""
    bulk.insert(Matter, COLUMNS, [(pk, 0, 0, None, False, False, "", 0) for pk in messages], new_only=True)


def themes_with(messages: Collection[int]) -> set[int]:
    """The themes in which these messages are counted besides their own."""
    rows = Matter.objects.filter(among("membership", list(messages)), cluster__theme__isnull=False)
    return set(rows.values_list("cluster__theme", flat=True))


def _new(state: IndexState, limit: int) -> list[Said]:
    return _said(Membership.objects.filter(pk__gt=state.parted), limit)


def _asked_again(limit: int) -> list[Said]:
    return _said(Membership.objects.filter(matters__end=0), limit)


def _waiting_for_more(state: IndexState) -> list[Said]:
    """Messages of which a part waits for a theme, after the themes were put in order: whether one is about it now."""
    asked = Membership.objects.filter(among("pk", list(_waiting(state).values_list("membership", flat=True))))
    return _said(asked, WAITING)


def _still_waiting(waiting: Sequence[Said], found: Sequence[Part], asked: int) -> set[int]:
    """Messages of which no part has found its theme yet: they keep what waits."""
    still = {one.key for one in waiting} - {part.message for part in found if part.home >= 0}
    Matter.objects.filter(among("membership", list(still)), cluster=None).update(asked=asked)
    return still


def _said(rows: QuerySet[Membership], limit: int) -> list[Said]:
    return [Said(*row) for row in rows.order_by("pk").values_list("pk", "message__text", "cluster")[:limit]]


def _rows(found: Sequence[Part], asked: int) -> list[tuple[object, ...]]:
    return [
        (
            part.message,
            *part.span,
            None if part.home < 0 else part.home,
            part.negative,
            part.actionable,
            part.function,
            asked,
        )
        for part in found
    ]


def _themes(copy: memory.Held, found: Sequence[Part]) -> set[int]:
    there = np.array([part.home for part in found if part.home >= 0], np.int64)
    return set(copy.index.themes_of(there).tolist()) - {-1}


def _is_same(copy: memory.Held) -> bool:
    """Whether the clusters are still those that were asked; locked until the transaction ends."""
    return IndexState.objects.select_for_update().get(pk=1).stamp == copy.stamp


def _forget(messages: Sequence[int]) -> set[int]:
    """What was found in them before; the themes that it counted in."""
    touched = themes_with(messages)
    Matter.objects.filter(among("membership", list(messages))).delete()
    return touched


def _waiting(state: IndexState | None = None) -> QuerySet[Matter]:
    """Those that wait, the latest first; with `state`, only those that were not asked about since the last consolidation."""
    rows = Matter.objects.filter(cluster=None, end__gt=0).order_by("-pk")
    return rows if state is None else rows.filter(asked__lt=state.consolidated)


def _wait_no_longer() -> None:
    """Only the latest wait: on a million messages the others would be as many."""
    if oldest := list(_waiting().values_list("pk", flat=True)[WAITING : WAITING + 1]):
        _waiting().filter(pk__lte=oldest[0]).delete()
