"""Take a mistaken import back: its messages are set aside with the reason, and can be let in again (docs/adr/0006).

What is set aside has no reading and is in no theme, as if it had been quarantined when it came; nothing is deleted that a
person wrote or said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from pivotpoint.accounts.permissions import demand
from pivotpoint.channels import events
from pivotpoint.channels.models import ImportRun, Message
from pivotpoint.channels.models.message import TAKEN_BACK
from pivotpoint.customers import consent
from pivotpoint.customers.models import Consent, Purpose
from pivotpoint.journal.record import record
from pivotpoint.lib import bulk, clock
from pivotpoint.lib.among import among

State = ImportRun.State
PERMISSION = "message.write"
AT_ONCE = 500
MOVED = ("external_id", "quarantined", "read_at", "data")
KEPT = "taken_back_id"
"""Where a message that is set aside keeps its external id: the corrected file may bring the same one."""
WITHDRAWN = "The import that said so was taken back."

Follower = Callable[[Sequence[int]], None]
Count = Callable[[ImportRun], list[tuple[str, int]]]
_leaving: list[Follower] = []
_coming: list[Follower] = []
_counts: list[Count] = []


def leaving(follower: Follower) -> Follower:
    """A later stage that keeps something of messages: `follower(messages)` runs in the transaction that sets them aside."""
    _leaving.append(follower)
    return follower


def coming(follower: Follower) -> Follower:
    """The same for messages that have just been let in again."""
    _coming.append(follower)
    return follower


def counts(count: Count) -> Count:
    """What else taking an import back would touch: `count(run)` gives labels with numbers."""
    _counts.append(count)
    return count


def would(run: ImportRun) -> list[tuple[str, int]]:
    """What taking it back would touch, in numbers; a constant number of queries."""
    rows = Message.objects.filter(import_run=run)
    own = [
        ("Messages that would be set aside", rows.filter(quarantined="").count()),
        ("People who said them", rows.exclude(customer=None).values("customer").distinct().count()),
    ]
    return own + [pair for count in _counts for pair in count(run)]


@transaction.atomic
def take_back(run: ImportRun, why: str, *, by: Any) -> ImportRun:
    """From now on the worker sets its messages aside. ValidationError says why that cannot be."""
    demand(by, PERMISSION)
    why = " ".join(why.split())
    if not why:
        raise ValidationError("Say why it is taken back; it will stand beside each message.")
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if not run.can_be_taken_back:
        raise ValidationError("Only an import that has ended and took something in can be taken back.")
    _begin(run, State.GOING, why)
    record(events.IMPORT_TAKEN_BACK, run, by=by, reason=run.why_back, messages=run.accepted)
    return run


@transaction.atomic
def let_in(run: ImportRun, *, by: Any) -> ImportRun:
    """From now on the worker lets its messages in again, to be read like any others."""
    demand(by, PERMISSION)
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state not in (State.GOING, State.BACK):
        raise ValidationError("This import has not been taken back.")
    _begin(run, State.COMING, run.why_back)
    record(events.IMPORT_LET_IN, run, by=by)
    return run


def _begin(run: ImportRun, state: ImportRun.State, why: str) -> None:
    run.state, run.why_back, run.moved, run.moved_to = state, why[:90], 0, 0
    run.save(update_fields=["state", "why_back", "moved", "moved_to"])


def move_some() -> int:
    """Set aside or let in some messages of the oldest import that is on its way back or in; how many."""
    run = ImportRun.objects.filter(state__in=(State.GOING, State.COMING)).order_by("created_at").first()
    return 0 if run is None else _move(run.pk)


@transaction.atomic
def _move(pk: int) -> int:
    """A kill leaves each message on one side or the other, never between."""
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=pk)
    if run.state not in (State.GOING, State.COMING):
        return 0
    rows = list(Message.objects.filter(import_run=run, pk__gt=run.moved_to).order_by("pk")[:AT_ONCE])
    if not rows:
        _end(run)
        return 1
    moved = _set_aside(run, rows) if run.state == State.GOING else _let_in(run, rows)
    ImportRun.objects.filter(pk=pk).update(moved=F("moved") + moved, moved_to=rows[-1].pk)
    return len(rows)


def _end(run: ImportRun) -> None:
    went = run.state == State.GOING
    ImportRun.objects.filter(pk=run.pk).update(state=State.BACK if went else State.DONE)
    record(events.IMPORT_SET_ASIDE if went else events.IMPORT_FINISHED, run, messages=run.moved)


def _set_aside(run: ImportRun, rows: Sequence[Message]) -> int:
    """What was kept apart before keeps its reason; every external id is free afterwards."""
    going = [row for row in rows if not row.quarantined]
    for follower in _leaving:
        follower([row.pk for row in going])
    _note_consent(run, going, granted=False)
    for row in going:
        row.quarantined, row.read_at = f"{TAKEN_BACK}{run.why_back}", None
    for row in rows:
        if KEPT not in row.data:
            row.data = {**row.data, KEPT: row.external_id}
            row.external_id = f"~{row.pk}"
    bulk.change(rows, MOVED)
    return len(going)


def _let_in(run: ImportRun, rows: Sequence[Message]) -> int:
    """A message whose external id came in again meanwhile stays aside: it is there already."""
    wanted = {row.data[KEPT] for row in rows if KEPT in row.data}
    there = Message.objects.filter(channel=run.channel_id, external_id__in=wanted)
    taken = set(there.values_list("external_id", flat=True))
    back = [row for row in rows if KEPT in row.data and row.data[KEPT] not in taken]
    again = [row for row in back if row.quarantined.startswith(TAKEN_BACK)]
    for row in back:
        row.data = dict(row.data)
        row.external_id = row.data.pop(KEPT)
    for row in again:
        row.quarantined = ""
    bulk.change(back, MOVED)
    for follower in _coming:
        follower([row.pk for row in again])
    _note_consent(run, again, granted=True)
    return len(again)


def _note_consent(run: ImportRun, rows: Sequence[Message], *, granted: bool) -> None:
    """A yes that only this import brought goes with it. Who said yes elsewhere, too, has said so."""
    people = {row.customer_id for row in rows if row.customer_id is not None}
    if not run.consent_source or not people:
        return
    elsewhere = Consent.objects.filter(among("customer", people), purpose=Purpose.NOTICE, granted=True)
    other = set(elsewhere.exclude(source=run.consent_source).values_list("customer", flat=True))
    same = Message.objects.filter(
        among("customer", people), import_run__consent_source=run.consent_source, quarantined=""
    )
    other |= set(same.exclude(import_run=run).values_list("customer", flat=True))
    said = [consent.Said(pk, granted=granted, at=clock.now()) for pk in sorted(people - other)]
    if said:
        source = run.consent_source if granted else WITHDRAWN
        consent.note(said, Purpose.NOTICE, channel_kind="", source=source)
