"""Conditions on the insight's history: at the gate of a pivot, and in its loops."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from pivotpoint.pivot.conditions.asked import Asked
from pivotpoint.pivot.conditions.queries import Compile, unless
from pivotpoint.pivot.models import Passage, Pivot, Stage, StageMove


def caught(asked: Asked) -> Q:
    """A rule of that pivot caught it, whatever the gate did then."""
    return _stood(asked, Q(rule__isnull=False))


def stood(state: str) -> Compile:
    return lambda asked: _stood(asked, Q(state=state))


def _stood(asked: Asked, how: Q) -> Q:
    rows = Passage.objects.filter(insight=OuterRef("pk"), pivot__in=asked.values)
    return unless(asked.negated, Q(Exists(rows.filter(how))))


def reached(stage: str) -> Compile:
    """A loop of it through that pivot has reached the stage at some time."""

    def compile_(asked: Asked) -> Q:
        moves = StageMove.objects.filter(
            loop__insight=OuterRef("pk"), loop__pivot__in=asked.values, stage=stage
        )
        return unless(asked.negated, Q(Exists(moves)))

    return compile_


declined, delivered = reached(Stage.DECLINED), reached(Stage.DELIVERED)


def pivots() -> list[tuple[str, str]]:
    """The pivots to choose from, closed ones too: what they decided still counts."""
    return [(str(pk), name) for pk, name in Pivot.objects.values_list("pk", "name")]
