"""Send hand-offs. A row is claimed by a conditional update; the request itself runs outside any transaction."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from pivotpoint.enterprise.connectors import MappingError, Sent, TransientError, find
from pivotpoint.enterprise.connectors.contract import Failed
from pivotpoint.enterprise.handoffs import counterparts, rest
from pivotpoint.enterprise.handoffs.claim import Claims, due
from pivotpoint.enterprise.pacing import pace
from pivotpoint.journal.record import record
from pivotpoint.lib import bulk, clock, stored
from pivotpoint.lib.disk import may_be_repeated
from pivotpoint.lib.http import kept
from pivotpoint.lib.prepared import any_of
from pivotpoint.lib.row import put_where
from pivotpoint.pivot.models import Attempt, Handoff

log = logging.getLogger(__name__)

TRIES = 12
LEASE = timedelta(seconds=90)
"""A claim older than this belonged to a worker that is gone: longer than any attempt may take."""
SLICE = 10.0
"""Seconds after which a sweep stops, so that slow destinations do not keep the worker from its other work."""


@dataclass(frozen=True)
class Arrived:
    """A hand-off that the other side has taken and that is not yet recorded here."""

    handoff: Handoff
    sent: Sent
    at: datetime
    took_ms: int


def deliver(limit: int = 50) -> int:
    """Send what is due; returns the number of attempts.

    What a power cut undoes is sent again under the same key, as after a kill in the middle of an attempt.
    """
    now = clock.now()
    if not _any_due(now) and not _any_stale(now - LEASE):
        return 0
    with may_be_repeated(), kept():
        return _deliver(limit)


_any_due = any_of(lambda now: Handoff.objects.filter(state=Handoff.State.QUEUED, next_attempt_at__lte=now))
_any_stale = any_of(lambda old: Handoff.objects.filter(state=Handoff.State.SENDING, claimed_at__lt=old))


def _deliver(limit: int) -> int:
    _release()
    tried, until = 0, time.monotonic() + SLICE
    while tried < limit and time.monotonic() < until:
        rows = due().exclude(destination__in=pace.full()).order_by("next_attempt_at", "pk")
        done = attempt(list(rows.values_list("pk", flat=True)[: limit - tried]), until)
        if not done:
            break
        tried += done
    return tried


def attempt(ids: Iterable[int], until: float = math.inf) -> int:
    """Claim each of them, send it and record the result, as long as there is time; how many. Not those that another worker has, or
    whose destination rests or is full.

    What came of one is written down in the transaction that claims the next: one commit between two calls, and never is
    more than one on its way, or there, that nobody has written down.
    """
    done, claims, arrived = 0, Claims(), None
    try:
        for pk in ids:
            if time.monotonic() >= until:
                break
            claims = claims if claims.fresh else Claims()
            handoff, arrived = _then_take(arrived, claims, pk), None
            if handoff is not None:
                arrived, done = _try(handoff), done + 1
                if arrived is None:
                    claims.forget()
    finally:
        if arrived is not None:
            _sent(arrived)
    return done


def _release() -> None:
    """Give back what a worker claimed and never finished: it may or may not have arrived; the key tells."""
    stale = Handoff.objects.filter(state=Handoff.State.SENDING, claimed_at__lt=clock.now() - LEASE)
    stale.update(state=Handoff.State.QUEUED, claimed_at=None)


@transaction.atomic
def _then_take(arrived: Arrived | None, claims: Claims, pk: int) -> Handoff | None:
    if arrived is not None:
        _sent(arrived)
    return claims.take(pk)


def _try(handoff: Handoff) -> Arrived | None:
    """Call the other side; a failure is written down, and gives None."""
    begun = time.monotonic()
    try:
        sent = find(handoff.destination.kind).deliver(handoff, handoff.destination)
        return Arrived(handoff, sent, clock.now(), _since(begun))
    except Failed as error:
        _failed(handoff, error, begun)
    except Exception as error:  # noqa: BLE001 a connector's fault is a failed attempt, not the end of the sweep
        log.exception("the connector %s failed", handoff.destination.kind)
        _failed(handoff, TransientError(repr(error)[:300]), begun)
    return None


def _mine(handoff: Handoff) -> QuerySet[Handoff]:
    """Still ours: not answered meanwhile, not released to another worker."""
    return Handoff.objects.filter(pk=handoff.pk, state=Handoff.State.SENDING, claimed_at=handoff.claimed_at)


def _note(
    handoff: Handoff, at: datetime, took_ms: int, *, delivered: bool, status: str, response: str
) -> None:
    row = (handoff.pk, stored.moment(at), delivered, status[:40], response[:2000], took_ms)
    bulk.insert(Attempt, ("handoff", "at", "delivered", "status", "response", "took_ms"), [row])


def _since(begun: float) -> int:
    """Milliseconds."""
    return round((time.monotonic() - begun) * 1000)


@transaction.atomic(savepoint=False)
def _sent(arrived: Arrived) -> None:
    handoff, sent = arrived.handoff, arrived.sent
    _note(handoff, arrived.at, arrived.took_ms, delivered=True, status=sent.status, response=sent.response)
    there = {"sent_at": arrived.at, "external_ref": sent.external_ref, "external_url": sent.external_url}
    done = {"state": Handoff.State.SENT, "error": "", "claimed_at": None}
    ours = {"pk": handoff.pk, "state": Handoff.State.SENDING, "claimed_at": handoff.claimed_at}
    if not put_where(Handoff, done | there, where=ours):
        Handoff.objects.filter(pk=handoff.pk).update(**there)
    counterparts.note(handoff, sent)
    rest.went_well(handoff.destination)


@transaction.atomic
def _failed(handoff: Handoff, error: Failed, begun: float) -> None:
    """Again later; or dead, when no try is left or none would help."""
    said = {"status": error.status, "response": error.response or str(error)}
    _note(handoff, clock.now(), _since(begun), delivered=False, **said)
    over = isinstance(error, MappingError) or handoff.attempts_made >= TRIES
    state = Handoff.State.DEAD if over else Handoff.State.QUEUED
    later = clock.now() + back_off(handoff.attempts_made, error)
    kept = _mine(handoff).update(state=state, error=str(error)[:2000], claimed_at=None, next_attempt_at=later)
    if kept and over:
        record("pivot.handoff_died", handoff, loop=handoff.loop_id, destination=handoff.destination_id)
    if not isinstance(error, MappingError):
        rest.failed(handoff.destination)


def back_off(tries: int, error: Exception) -> timedelta:
    """5 s, 10 s, 20 s … and a jitter of up to half, or what the other side asked for if that is longer."""
    seconds = 5.0 * 2 ** (tries - 1) * (1 + random.random() / 2)
    return timedelta(seconds=max(seconds, getattr(error, "wait", 0.0)))
