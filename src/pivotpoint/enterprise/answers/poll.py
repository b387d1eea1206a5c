"""Poll the destinations that do not report by themselves. A round visits every open hand-off."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from pivotpoint.enterprise.answers.read import read_on
from pivotpoint.enterprise.connectors import Heard, find, kinds
from pivotpoint.enterprise.connectors.contract import Failed, Listens, Reads
from pivotpoint.enterprise.models import Counterpart, Cursor
from pivotpoint.enterprise.pacing import rounds
from pivotpoint.enterprise.pacing.pause import paused
from pivotpoint.lib import clock
from pivotpoint.pivot import answers
from pivotpoint.pivot.models import Destination, Handoff, Stage

log = logging.getLogger(__name__)

BATCH = 100
SLICE = 10.0
LATE = timedelta(hours=1)
"""So long after it went out, a hand-off is asked for whatever its loop's stage: a given-up attempt may still arrive."""
ANSWERABLE = (Stage.HANDED_OVER, Stage.ACCEPTED, Stage.CHANGING)


def poll() -> int:
    """Poll the destinations that are due; returns the number of new answers."""
    new, until = 0, time.monotonic() + SLICE
    for destination in _asked():
        cursor, _ = Cursor.objects.get_or_create(destination=destination)
        while time.monotonic() < until and _claim(cursor):
            new += _batch(cursor, destination)
    return new


def _asked() -> QuerySet[Destination]:
    asking = [kind for kind, connector in kinds().items() if isinstance(connector, Listens | Reads)]
    due = Q(heard_up_to=None) | Q(heard_up_to__due_at__lte=clock.now())
    return Destination.objects.filter(due, kind__in=asking).exclude(pk__in=paused()).order_by("pk")


def _claim(cursor: Cursor) -> bool:
    """One worker asks one destination at a time."""
    if not Cursor.objects.filter(rounds.due(), pk=cursor.pk).update(claimed_at=clock.now()):
        return False
    cursor.refresh_from_db()
    return True


def _batch(cursor: Cursor, destination: Destination) -> int:
    """The next hundred, or what was said since. When asking fails, the same is asked for again."""
    connector = kinds()[destination.kind]
    size: int = getattr(connector, "BATCH", BATCH)
    asking = open_handoffs(destination).filter(pk__gt=cursor.last).order_by("pk")
    waiting = list(asking[:size]) if isinstance(connector, Listens) else []
    try:
        new, place = listen(destination, waiting), cursor.place
        if isinstance(connector, Reads):
            more, place = read_on(connector, destination, cursor.place)
            new += more
    except Failed as error:
        _failed(cursor, str(error))
        return 0
    except Exception as error:  # noqa: BLE001 a connector's fault does not end the asking of others
        log.exception("the connector %s failed", destination.kind)
        _failed(cursor, repr(error)[:300])
        return 0
    pause: timedelta = getattr(connector, "PAUSE", rounds.PAUSE)
    _move_on(cursor, waiting[-1].pk if len(waiting) == size else 0, place, pause)
    return new


def open_handoffs(destination: Destination) -> QuerySet[Handoff]:
    """Hand-offs that were sent, or may have been, and can still be answered."""
    loop_waits = Q(loop__stage__in=ANSWERABLE, loop__closed_at=None)
    tried = Handoff.objects.filter(destination=destination, attempts_made__gt=0)
    return tried.filter(loop_waits | Q(sent_at__gt=clock.now() - LATE)).select_related("counterpart", "loop")


def listen(destination: Destination, waiting: list[Handoff]) -> int:
    """Poll the state of these hand-offs; returns the number of new answers."""
    connector = find(destination.kind)
    if not waiting or not isinstance(connector, Listens):
        return 0
    known = {handoff: _record(handoff) for handoff in waiting}
    return sum(take(heard, destination) for heard in connector.hear(destination, known))


def _record(handoff: Handoff) -> str:
    counterpart: Counterpart | None = getattr(handoff, "counterpart", None)
    return counterpart.record if counterpart else ""


@transaction.atomic
def take(heard: Heard, destination: Destination) -> int:
    """Store the state of a record, and answer the hand-off if the outcome has changed, in one transaction. Returns
    1 if it answered."""
    Counterpart.objects.get_or_create(handoff=heard.handoff, defaults={"record": heard.record})
    row = Counterpart.objects.select_for_update().get(handoff=heard.handoff)
    if (row.record, row.state, row.outcome) == (heard.record, heard.state, heard.outcome):
        return 0
    answered = bool(heard.outcome) and heard.outcome != row.outcome
    row.changes += row.outcome != heard.outcome
    row.record, row.state, row.outcome, row.heard_at = heard.record, heard.state, heard.outcome, clock.now()
    row.save()
    if answered:
        key = f"heard-{row.changes}-{heard.outcome}"
        answers.answer(heard.handoff, heard.outcome, note=heard.note, key=key, actor_name=str(destination))
    return int(answered)


def _move_on(cursor: Cursor, last: int, place: str, pause: timedelta) -> None:
    """To the next hundred at once; after the last, the next round begins when the pause is over."""
    Cursor.objects.filter(pk=cursor.pk, claimed_at=cursor.claimed_at).update(
        last=last,
        place=place,
        due_at=clock.now() + (pause if not last else timedelta()),
        claimed_at=None,
        failures=0,
        error="",
    )


def _failed(cursor: Cursor, error: str) -> None:
    mine = Cursor.objects.filter(pk=cursor.pk, claimed_at=cursor.claimed_at)
    mine.update(**rounds.put_off(cursor.failures, error))
