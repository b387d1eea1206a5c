"""Queue a row for each feed that wants an event, and send the rows."""

from __future__ import annotations

import json

from django.db.models import F

from pivotpoint.enterprise.connectors.contract import Failed, MappingError
from pivotpoint.enterprise.connectors.signed import post
from pivotpoint.enterprise.feeds.body import body
from pivotpoint.enterprise.handoffs.deliver import LEASE, TRIES, back_off
from pivotpoint.enterprise.models import Feed, FeedDelivery
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.lib.crypto import SecretUnreadable

State = FeedDelivery.State
UNREAD = ("feed__secret", "feed__former_secret")
"""One that cannot be read is that feed's trouble, not the sweep's."""


def queue(event: Event) -> None:
    """Make a row for each open feed that wants the event. Idempotent."""
    for feed in Feed.objects.filter(closed_at=None, opened_at__lte=event.at).order_by("pk"):
        if event.name in feed.events:
            key = f"feed-{feed.pk}-{event.pk}"
            FeedDelivery.objects.get_or_create(feed=feed, event=event, defaults={"key": key})


def send(limit: int = 50) -> int:
    """Send what is due; returns the number of attempts. The request runs outside any transaction."""
    now = clock.now()
    stale = FeedDelivery.objects.filter(state=State.SENDING, claimed_at__lt=now - LEASE)
    stale.update(state=State.QUEUED, claimed_at=None)
    due = FeedDelivery.objects.filter(state=State.QUEUED, next_attempt_at__lte=now, feed__closed_at=None)
    rows = list(due.select_related("event", "feed").defer(*UNREAD).order_by("next_attempt_at", "pk")[:limit])
    return sum(_attempt(row) for row in rows)


def _attempt(row: FeedDelivery) -> int:
    now = clock.now()
    free = FeedDelivery.objects.filter(pk=row.pk, state=State.QUEUED)
    if not free.update(state=State.SENDING, claimed_at=now, tries=F("tries") + 1):
        return 0
    row.tries += 1
    said = json.dumps(body(row.event), ensure_ascii=False, sort_keys=True).encode()
    mine = FeedDelivery.objects.filter(pk=row.pk, state=State.SENDING, claimed_at=now)
    try:
        answer = post(row.feed.url, row.feed.secrets(), row.key, said)
    except (Failed, SecretUnreadable) as error:
        over = not isinstance(error, Failed) or isinstance(error, MappingError) or row.tries >= TRIES
        mine.update(
            state=State.DEAD if over else State.QUEUED,
            claimed_at=None,
            status=getattr(error, "status", "")[:40],
            error=str(error)[:300],
            next_attempt_at=now + back_off(row.tries, error),
        )
    else:
        mine.update(
            state=State.SENT, claimed_at=None, sent_at=clock.now(), status=str(answer.status), error=""
        )
    return 1
