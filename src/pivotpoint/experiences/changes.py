"""A change comes back from those who made it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.experiences import notices
from pivotpoint.experiences.again import CHANGED, reopen
from pivotpoint.experiences.hold import hold
from pivotpoint.experiences.models import Change
from pivotpoint.journal import record as journal
from pivotpoint.lib import clock
from pivotpoint.pivot import loops as loop_verbs
from pivotpoint.pivot.models import STAGES, Loop, Stage
from pivotpoint.pivot.refused import Refused


@transaction.atomic
def record(
    *,
    title: str,
    what: str,
    live_since: date,
    loops: Iterable[Loop],
    by: Any,
    hypothesis: str = "",
    process: str = "",
    for_whom: str = "",
    public: bool = True,
) -> Change:
    """What changed and since when. Its loops are delivered, and notices are drafted for everyone behind them."""
    demand(by, "change.record")
    loops = list(loops)
    _check(title, what, live_since, loops)
    change = Change.objects.create(
        title=title.strip()[:160],
        what=what.strip(),
        live_since=live_since,
        hypothesis=hypothesis.strip()[:300],
        process=process.strip()[:120],
        for_whom=for_whom.strip()[:200],
        public=public,
        by=user_of(by),
    )
    journal.record("experiences.change_recorded", change, by=by, loops=[loop.pk for loop in loops])
    _settle(change, loops, by)
    return change


@transaction.atomic
def settle(change: Change, loops: Iterable[Loop], *, by: Any) -> Change:
    """A change that is live settles these loops too: delivered, and their people told of it. Twice is once."""
    demand(by, "change.record")
    new = [loop for loop in loops if not change.loops.filter(pk=loop.pk).exists()]
    if change.taken_back_at is not None:
        raise Refused(f"“{change}” was taken back; record what holds now.")
    _check_open(new)
    if new:
        journal.record("experiences.change_settles", change, by=by, loops=[loop.pk for loop in new])
        _settle(change, new, by)
    return change


def _settle(change: Change, loops: list[Loop], by: Any) -> None:
    change.loops.add(*loops)
    for loop in loops:
        if STAGES.index(loop.stage) < STAGES.index(Stage.DELIVERED):
            loop_verbs.deliver(loop, by=by, reason=change.title)
        notices.draft(loop, change)


def _check(title: str, what: str, live_since: date, loops: list[Loop]) -> None:
    if not title.strip() or not what.strip():
        raise Refused("Say what changed, with a title, in words that a customer understands.")
    if not loops:
        raise Refused("Name at least one loop that this change settles.")
    if live_since > clock.today():
        raise Refused("A change is recorded once it is live; this date is still to come.")
    _check_open(loops)


def _check_open(loops: list[Loop]) -> None:
    for loop in loops:
        if loop.closed_at or loop.stage == Stage.DECLINED:
            raise Refused(f"Loop {loop.pk} is “{loop.get_stage_display()}”; reopen it first.")


@transaction.atomic
def take_back(change: Change, reason: str, *, by: Any) -> Change:
    """It did not last: nobody else is told about it, the portal shows it no more, its loops reopen."""
    demand(by, "change.record")
    if not reason.strip():
        raise Refused("Say why the change was taken back.")
    if change.taken_back_at is None:
        change.taken_back_at = clock.now()
        change.save(update_fields=["taken_back_at"])
        hold(change.notices.all(), "The change was taken back")
        journal.record("experiences.change_taken_back", change, by=by, reason=reason.strip()[:300])
        for loop in change.loops.filter(stage__in=CHANGED):
            reopen(loop, f"The change was taken back: {reason.strip()}", by=by)
    return change
