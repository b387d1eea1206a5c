"""A change is put right: its words themselves until the first notice has left, by a line of its own afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.experiences.again import CHANGED
from pivotpoint.experiences.draft import draft
from pivotpoint.experiences.models import Change, Correction, Notice, Telling
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot.refused import Refused

State = Notice.State
LENGTHS = {"title": 160, "what": None, "hypothesis": 300, "process": 120, "for_whom": 200}
READ = ("title", "what", "live_since")
"""What customers read in a notice."""
FIELDS = (*LENGTHS, "live_since", "public")


def has_left(change: Change) -> bool:
    """Somebody has been told of it, or is about to be: the words are on their way."""
    left = Q(delivery__isnull=False) | Q(told_at__isnull=False)
    states = (State.QUEUED, State.TOLD, State.FAILED)
    return Notice.objects.filter(left | Q(state__in=states), change=change).exists()


@transaction.atomic
def edit(change: Change, *, by: Any, **fields: Any) -> Change:
    """Other words, another day. Drafted notices are written anew, but those that somebody worded by hand.

    Only whether the portal shows it may change after the first notice has left. The journal keeps what it was.
    """
    demand(by, "change.record")
    change.refresh_from_db(from_queryset=Change.objects.select_for_update())
    _demand_standing(change)
    now = {name: _cut(name, value) for name, value in fields.items() if name in FIELDS}
    was = {name: getattr(change, name) for name in now if getattr(change, name) != now[name]}
    if not was:
        return change
    if set(was) != {"public"} and has_left(change):
        raise Refused("People have been told of it already; add a correction instead.")
    for name in was:
        setattr(change, name, now[name])
    _check(change)
    change.save(update_fields=list(was))
    before = {f"was_{name}": str(value)[:200] for name, value in was.items()}
    record("experiences.change_edited", change, by=by, fields=", ".join(was), **before)
    if set(was) & set(READ):
        _write_anew(change)
        if has_left(change):  # One left while we were writing.
            raise Refused("A notice has left meanwhile; add a correction instead.")
    return change


@transaction.atomic
def correct(change: Change, text: str, *, by: Any) -> Correction:
    """One more line, shown as such wherever the change is. Whoever has not been told yet reads it in their notice."""
    demand(by, "change.record")
    change.refresh_from_db(from_queryset=Change.objects.select_for_update())
    _demand_standing(change)
    if not text.strip():
        raise Refused("Say what is put right, in words that a customer understands.")
    if len(text.strip()) > 1000:
        raise Refused("A correction has 1,000 characters at most.")
    if not has_left(change):
        raise Refused("Nobody has been told yet: edit the change itself.")
    made = Correction.objects.create(change=change, text=text.strip(), by=user_of(by))
    record("experiences.change_corrected", change, by=by)
    _write_anew(change)
    return made


def _demand_standing(change: Change) -> None:
    if change.taken_back_at is not None:
        raise Refused(f"“{change}” was taken back; record what holds now.")


def _cut(name: str, value: Any) -> Any:
    return value.strip()[: LENGTHS[name]] if name in LENGTHS else value


def _check(change: Change) -> None:
    if not change.title or not change.what:
        raise Refused("Say what changed, with a title, in words that a customer understands.")
    if not isinstance(change.live_since, date) or change.live_since > clock.today():
        raise Refused("A change is recorded once it is live; this date is still to come.")


def _write_anew(change: Change) -> None:
    """Notices that have not left get the words of now. What a person has worded is theirs, and is approved anew."""
    waiting = Notice.objects.filter(change=change, state__in=(State.DRAFT, State.APPROVED), delivery=None)
    ids = list(waiting.values_list("pk", flat=True))
    worded = Event.objects.filter(
        name="experiences.notice_edited", subject_kind="experiences.notice", subject_id__in=ids
    )
    by_hand = set(worded.values_list("subject_id", flat=True))
    waiting.filter(pk__in=by_hand, state=State.APPROVED).update(
        state=State.DRAFT, approved_at=None, approved_by=None
    )
    waiting.exclude(pk__in=by_hand).delete()
    Telling.objects.filter(change=change).update(drafted_at=None)
    for telling in Telling.objects.current().filter(change=change, loop__stage__in=CHANGED):
        draft(telling.loop, change)
