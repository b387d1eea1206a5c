"""Open a feed, give it another secret, try again, close it."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.enterprise.events import FEED_CHANGED, FEED_CLOSED, FEED_OPENED
from pivotpoint.enterprise.models import Feed, FeedDelivery
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.crypto import SecretUnreadable
from pivotpoint.pivot.refused import Refused

OFFERED = ("insights.alert_raised", "insights.alert_judged", "insights.alert_calmed")
"""What may go out: that something rises, what a person said of it, that it is over."""

PERMISSION = "pivot.change"
OVERLAP = timedelta(days=1)


@transaction.atomic
def open_feed(name: str, url: str, events: Sequence[str], *, by: Any) -> tuple[Feed, str]:
    """Returns the feed and its secret, which cannot be read again."""
    demand(by, PERMISSION)
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise Refused("Give the whole address, with https:// before it.")
    unknown = sorted(set(events) - set(OFFERED))
    if unknown or not events:
        raise Refused(f"Choose of these events: {', '.join(OFFERED)}.")
    secret = _secret()
    feed = Feed.objects.create(
        name=name.strip()[:80] or urlsplit(url).netloc[:80],
        url=url,
        events=sorted(set(events)),
        secret=secret,
        opened_by=user_of(by),
    )
    record(FEED_OPENED, feed, by=by, events=feed.events)
    return feed, secret


def _secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


@transaction.atomic
def new_secret(feed: Feed, *, by: Any) -> str:
    """Returns a new secret, which cannot be read again. For a day, requests are signed with the old one too."""
    demand(by, PERMISSION)
    row = Feed.objects.select_for_update().get(pk=feed.pk)
    try:
        row.former_secret = row.secret
    except SecretUnreadable:
        row.former_secret = ""
    row.secret, row.former_until = _secret(), clock.now() + OVERLAP
    row.save(update_fields=["secret", "former_secret", "former_until"])
    record(FEED_CHANGED, row, by=by, fields=["secret"])
    return row.secret


@transaction.atomic
def replay(feed: Feed, *, by: Any) -> int:
    """Queue what was given up again, under the same keys; returns how many."""
    demand(by, PERMISSION)
    dead = FeedDelivery.objects.filter(feed=feed, state=FeedDelivery.State.DEAD)
    count = dead.update(state=FeedDelivery.State.QUEUED, tries=0, next_attempt_at=clock.now(), error="")
    if count:
        record(FEED_CHANGED, feed, by=by, replayed=count)
    return count


@transaction.atomic
def close_feed(feed: Feed, *, by: Any) -> None:
    """Close the feed: nothing is sent any more, not even what waits. Calling it twice changes nothing."""
    demand(by, PERMISSION)
    closed = Feed.objects.filter(pk=feed.pk, closed_at=None)
    if closed.update(closed_at=clock.now(), closed_by=user_of(by)):
        record(FEED_CLOSED, feed, by=by)
