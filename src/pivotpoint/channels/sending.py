"""Send queued deliveries: claim one, check again whether it may leave, send it, record the result.

Nothing outside is called inside a transaction. A worker that is killed while it sends leaves a claimed row; when the
claim is old, another one sends again with the same key.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from zlib import crc32

from django.db import transaction
from django.db.models import F, Q

from pivotpoint.channels.adapters import ChannelError, adapter
from pivotpoint.channels.models import Delivery, Policy
from pivotpoint.channels.outbox import policy
from pivotpoint.customers import consent
from pivotpoint.customers.models import Purpose
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.prepared import any_of
from pivotpoint.lib.row import put_where

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
AT_A_TIME = 5.0
CLAIM_HOLDS = timedelta(minutes=5)
FIRST_WAIT, LONGEST_WAIT = 30, 6 * 3_600
WEEK = timedelta(days=7)
State = Delivery.State


def send_due(limit: int = 200) -> int:
    """Send what is due for a few seconds; returns the number handled. Any number of workers may run it.

    The worker's other sweeps wait meanwhile, and a mail server may be slow: what is left is sent by the next call.
    """
    _free_old_claims()
    if not _any_due(clock.now()):
        return 0
    until, sent = time.monotonic() + AT_A_TIME, 0
    due = Delivery.objects.due().select_related("channel", "customer", "message__conversation")
    for delivery in list(due[:limit]):
        sent += send_one(delivery)
        if time.monotonic() > until:
            break
    return sent


_any_due = any_of(lambda now: Delivery.objects.filter(state=State.QUEUED, next_attempt_at__lte=now))
_any_left = any_of(lambda old: Delivery.objects.filter(state=State.SENDING, claimed_at__lt=old))


def send_one(delivery: Delivery) -> bool:
    """Send one due delivery unless another worker has claimed it since: the claim compares the number of attempts."""
    at = clock.now()
    read = {"pk": delivery.pk, "state": State.QUEUED, "attempts": delivery.attempts}
    claim = {"state": State.SENDING, "claimed_at": at, "attempts": delivery.attempts + 1}
    if not put_where(Delivery, claim, where=read):
        return False
    delivery.state, delivery.claimed_at = State.SENDING, at
    delivery.attempts += 1
    why_not = may_leave(delivery)
    if why_not:
        _finish(delivery, State.STOPPED, "channels.delivery_stopped", error=why_not)
        return True
    later = _cap(delivery)
    if later is not None:
        Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, claimed_at=at).update(
            state=State.QUEUED, claimed_at=None, next_attempt_at=later, attempts=F("attempts") - 1
        )
        return True
    _send(delivery)
    return True


def may_leave(delivery: Delivery) -> str:
    """Why this delivery must not leave now, or ""."""
    channel, customer = delivery.channel, delivery.customer_id
    if policy(channel, delivery.purpose) == Policy.NONE:
        return f"{channel.name} sends nothing."
    if channel.kind not in consent.allowed([customer], delivery.purpose)[customer]:
        return "They do not allow it."
    if delivery.purpose != Purpose.REPLY and not channel.notices_per_week:
        return f"{channel.name} sends no notices."
    return ""


def _cap(delivery: Delivery) -> datetime | None:
    """When these words may leave, if the person has had enough this week, over all channels; else None.

    What another worker is sending to the same person counts: each claims before it counts, so one of two sees both. One
    statement reads what was sent and what is being sent: between two, a letter could go from the one to the other unseen.
    """
    if delivery.purpose == Purpose.REPLY:
        return None
    now = clock.now()
    theirs = Delivery.objects.filter(customer=delivery.customer_id).exclude(purpose=Purpose.REPLY)
    counted = Q(state=State.SENT, sent_at__gt=now - WEEK) | (Q(state=State.SENDING) & ~Q(pk=delivery.pk))
    rows = list(theirs.filter(counted).values_list("state", "sent_at"))
    sent = sorted((at for state, at in rows if state == State.SENT and at is not None), reverse=True)
    most = delivery.channel.notices_per_week
    if len(sent) >= most:
        return sent[most - 1] + WEEK
    return now + wait(delivery.key, 1) if len(rows) >= most else None


def _send(delivery: Delivery) -> None:
    try:
        if not delivery.address:
            raise ChannelError("We know no address of theirs.", permanent=True)
        reference = adapter(delivery.channel.kind).send(delivery)
    except ChannelError as error:
        _fail(delivery, str(error), permanent=error.permanent)
    except Exception as error:
        log.exception("delivery %s failed", delivery.pk)
        _fail(delivery, repr(error), permanent=False)
    else:
        _finish(
            delivery, State.SENT, "channels.delivery_sent", reference=reference[:200], sent_at=clock.now()
        )


def _fail(delivery: Delivery, error: str, *, permanent: bool) -> None:
    if permanent or delivery.attempts >= MOST_ATTEMPTS:
        _finish(delivery, State.DEAD, "channels.delivery_failed", error=error[:2_000])
        return
    Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, claimed_at=delivery.claimed_at).update(
        state=State.QUEUED,
        claimed_at=None,
        error=error[:2_000],
        next_attempt_at=clock.now() + wait(delivery.key, delivery.attempts),
    )


@transaction.atomic
def _finish(delivery: Delivery, state: str, event: str, *, error: str = "", **values: object) -> None:
    """The end of it, once: a worker whose claim has been taken over changes nothing."""
    ours = {"pk": delivery.pk, "state": State.SENDING, "claimed_at": delivery.claimed_at}
    if put_where(Delivery, {"state": state, "error": error, **values}, where=ours):
        # The reason stays in the row: it may name an address, and the journal outlives the person's data.
        record(event, delivery, purpose=delivery.purpose, customer=delivery.customer_id)


def wait(key: str, attempts: int) -> timedelta:
    """The delay before the next attempt: doubled each time, with a jitter derived from the key."""
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2**attempts)
    return timedelta(seconds=longest * (0.5 + crc32(f"{key}:{attempts}".encode()) / 2**33))


def _free_old_claims() -> None:
    """Whoever claimed these was killed."""
    old = clock.now() - CLAIM_HOLDS
    if _any_left(old):
        Delivery.objects.filter(state=State.SENDING, claimed_at__lt=old).update(
            state=State.QUEUED, claimed_at=None
        )


@transaction.atomic
def stop_for(customer_id: int) -> int:
    """After a consent was withdrawn: stop queued deliveries that are no longer allowed; returns how many."""
    waiting = Delivery.objects.select_related("channel").filter(
        customer=customer_id, state__in=(State.QUEUED, State.HELD)
    )
    stopped = 0
    for delivery in waiting:
        why_not = may_leave(delivery)
        rows = Delivery.objects.filter(pk=delivery.pk, state=delivery.state)
        if why_not and rows.update(state=State.STOPPED, error=why_not):
            record("channels.delivery_stopped", delivery, purpose=delivery.purpose, customer=customer_id)
            stopped += 1
    return stopped
