"""Bounces: loops that come back, are passed on elsewhere or are reopened."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from pivotpoint.journal.actor import SYSTEM
from pivotpoint.pivot.models import Loop, Stage, StageMove

KINDS = {
    "declined": "Declined",
    "rerouted": "Declined, then handed to another pivot",
    "passed_on": "Passed on to another owner",
    "reopened": "Reopened",
}


def kind_q(kind: str) -> Q:
    """Condition for loops with this kind of bounce. Declined as a duplicate, or moved because the owner left, is no
    bounce."""
    by_nobody = Q(actor_kind=SYSTEM.kind, actor_name=SYSTEM.name)
    here = StageMove.objects.filter(loop=OuterRef("pk"))
    declined = Q(Exists(here.filter(stage=Stage.DECLINED).exclude(by_nobody)))
    if kind == "declined":
        return declined
    if kind == "rerouted":
        later = Loop.objects.filter(insight=OuterRef("insight"), opened_at__gt=OuterRef("opened_at"))
        return declined & Q(Exists(later.exclude(pivot=OuterRef("pivot"))))
    if kind == "passed_on":
        before = StageMove.objects.filter(
            loop=OuterRef("loop"), stage=OuterRef("stage"), pk__lt=OuterRef("pk"), owner__left_at=None
        )
        moved = before.exclude(owner=OuterRef("owner"))
        return Q(Exists(here.exclude(by_nobody).filter(reopened=False).filter(Exists(moved))))
    return Q(times_reopened__gt=0)


def counts(since: datetime, pivot: int | None = None) -> dict[int, Counter[str]]:
    """Loops opened since, by pivot: the number with each kind of bounce, and with `any`. One query."""
    rows = Loop.objects.filter(opened_at__gte=since)
    rows = rows if pivot is None else rows.filter(pivot=pivot)
    asked = {f"is_{kind}": kind_q(kind) for kind in KINDS}
    found: dict[int, Counter[str]] = {}
    for of, *flags in rows.annotate(**asked).order_by().values_list("pivot_id", *asked):
        counter = found.setdefault(of, Counter())
        counter["loops"] += 1
        counter["any"] += any(flags)
        counter.update(kind for kind, flag in zip(KINDS, flags, strict=True) if flag)
    return found
