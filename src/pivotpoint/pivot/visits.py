"""How long loops stayed in each stage: their moves joined into visits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Q

from pivotpoint.journal.actor import SYSTEM
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Stage, StageMove

FIELDS = (
    "loop_id",
    "loop__pivot_id",
    "loop__insight_id",
    "loop__closed_at",
    "stage",
    "at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "owner_id",
    "reopened",
    "pk",
)


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay of a loop in a stage. `left` is None while it is there; `to` is what came next ("" for the end).

    `by` decided that it left; None is the product itself. `owners` owned it there, one after another. `gap` is the
    time since the same person's step before: at most so long did they work at this one (None: their first).
    """

    loop: int
    pivot: int
    insight: int
    stage: str
    entered: datetime
    left: datetime | None = None
    to: str = ""
    by: str | None = None
    owners: int = 1
    again: bool = False
    gap: timedelta | None = None

    @property
    def hours(self) -> float:
        end = self.left or clock.now()
        return max(0.0, (end - self.entered).total_seconds() / 3600)


@dataclass(slots=True)
class _Move:
    loop: int
    pivot: int
    insight: int
    closed_at: datetime | None
    stage: str
    at: datetime
    kind: str
    actor: int | None
    name: str
    owner: int
    reopened: bool
    pk: int
    gap: timedelta | None = None

    @property
    def by(self) -> str | None:
        if self.kind == SYSTEM.kind and self.name == SYSTEM.name:
            return None
        return f"{self.kind}:{self.actor or self.name}"


def visits(since: datetime) -> list[Visit]:
    """Visits of every loop that is open or ended after `since`; one query."""
    rows = StageMove.objects.filter(Q(loop__closed_at=None) | Q(loop__closed_at__gte=since))
    moves = [_Move(*row) for row in rows.order_by("at", "pk").values_list(*FIELDS)]
    _note_gaps(moves)
    moves.sort(key=lambda move: (move.loop, move.at, move.pk))
    return [visit for _, of_loop in groupby(moves, lambda move: move.loop) for visit in _of(list(of_loop))]


def _note_gaps(moves: list[_Move]) -> None:
    """In order of time: how long ago the same person took their step before."""
    last: dict[str, datetime] = {}
    for move in moves:
        if move.by is not None:
            if move.by in last:
                move.gap = move.at - last[move.by]
            last[move.by] = move.at


def _of(moves: list[_Move]) -> Iterator[Visit]:
    """Rows of the same stage in a row are one visit: another owner does not begin it anew."""
    stays: list[list[_Move]] = []
    for move in moves:
        if stays and stays[-1][0].stage == move.stage and not move.reopened:
            stays[-1].append(move)
        else:
            stays.append([move])
    again = False
    for stay, following in zip(stays, [*stays[1:], None], strict=True):
        again = again or stay[0].reopened
        yield _visit(stay, following[0] if following else None, again)


def _visit(stay: list[_Move], following: _Move | None, again: bool) -> Visit:
    first = stay[0]
    ended = first.closed_at if following is None else following.at
    return Visit(
        loop=first.loop,
        pivot=first.pivot,
        insight=first.insight,
        stage=first.stage,
        entered=first.at,
        left=None if first.stage == Stage.CONFIRMED and following is None else ended,
        to=following.stage if following else "",
        by=following.by if following else None,
        owners=len({move.owner for move in stay}),
        again=again,
        gap=following.gap if following else None,
    )
