"""What people do with notices before they leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.experiences import wording
from pivotpoint.experiences.draft import BATCH
from pivotpoint.experiences.draft import draft as draft_batch
from pivotpoint.experiences.models import Change, Notice, Telling
from pivotpoint.experiences.projected import projected
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Loop
from pivotpoint.pivot.refused import Refused

State = Notice.State


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would be, or was, written to. `channels`: name → people; `why_not`: reason → people; `states`: state → people.

    `drafted` is False while nothing is written down yet and the figures say what would be.
    """

    people: int
    channels: dict[str, int]
    why_not: dict[str, int]
    states: dict[str, int]
    drafted: bool

    @property
    def reached(self) -> int:
        return sum(self.channels.values())


def draft(loop: Loop, change: Change | None = None, *, limit: int = BATCH) -> int:
    """Notices for whoever is behind the loop's insight and has none yet about this; how many."""
    return draft_batch(loop, change, limit=limit)


def preview(loop: Loop) -> Preview:
    """Counts by channel and by reason why not; before a change is recorded, what they would be."""
    telling = Telling.objects.current().filter(loop=loop).first()
    if telling is None:
        return Preview(**projected(loop), states={}, drafted=False)
    rows = Notice.objects.filter(loop=loop, change=telling.change_id)
    grouped = rows.values_list("state", "why_not", "channel__name").annotate(people=Count("pk")).order_by()
    channels: Counter[str] = Counter()
    why_not: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for state, reason, channel, people in grouped:
        states[state] += people
        if state in (State.SKIPPED, State.FAILED):
            why_not[reason] += people
        else:
            channels[channel] += people
    return Preview(states.total(), dict(channels), dict(why_not), dict(states), drafted=True)


@transaction.atomic
def approve(notices: Iterable[Notice] | QuerySet[Notice], *, by: Any) -> int:
    """These may leave; how many waited for it. What is not a draft stays as it is."""
    demand(by, "notice.approve")
    ids = [notice.pk for notice in notices]
    drafts = Notice.objects.filter(pk__in=ids, state=State.DRAFT)
    by_loop = Counter(drafts.select_for_update().values_list("loop_id", flat=True))
    approved = drafts.update(state=State.APPROVED, approved_at=clock.now(), approved_by=user_of(by))
    for loop in Loop.objects.filter(pk__in=by_loop):
        record("experiences.notice_approved", loop, by=by, people=by_loop[loop.pk])
    return approved


@transaction.atomic
def edit(notice: Notice, text: str, *, by: Any, subject: str = "") -> Notice:
    """Other words for one person, until it is approved."""
    demand(by, "notice.approve")
    text = wording.check(text)
    fields = {"text": text, **({"subject": subject.strip()[:200]} if subject.strip() else {})}
    if not Notice.objects.filter(pk=notice.pk, state=State.DRAFT).update(**fields):
        raise Refused("Only a draft can be edited; this notice has been approved.")
    notice.refresh_from_db()
    record("experiences.notice_edited", notice, by=by)
    return notice


@transaction.atomic
def leave_out(notice: Notice, reason: str, *, by: Any) -> Notice:
    """This person is not written to, and the reason."""
    demand(by, "notice.approve")
    if not reason.strip():
        raise Refused("Say why this person is not told.")
    waiting = Notice.objects.filter(pk=notice.pk, state__in=(State.DRAFT, State.APPROVED))
    if not waiting.update(state=State.SKIPPED, why_not=reason.strip()[:120]):
        raise Refused("This notice has left already, or is not written to anyway.")
    notice.refresh_from_db()
    record("experiences.notice_left_out", notice, by=by, reason=notice.why_not)
    return notice
