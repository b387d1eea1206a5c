"""Whether a feed's address takes what is signed with its secret."""

from __future__ import annotations

import json
from typing import Any

from pivotpoint.accounts.permissions import demand
from pivotpoint.enterprise.connectors.contract import Failed
from pivotpoint.enterprise.connectors.signed import post
from pivotpoint.enterprise.feeds.open import PERMISSION
from pivotpoint.enterprise.models import Feed
from pivotpoint.lib import clock
from pivotpoint.lib.crypto import SecretUnreadable
from pivotpoint.pivot.refused import Refused


def check_feed(feed: Feed, *, by: Any) -> str:
    """Send a signed ping now, as to a destination: what is wrong in one sentence, or nothing."""
    demand(by, PERMISSION)
    if feed.closed_at is not None:
        raise Refused(f"{feed} is closed: nothing goes out there.")
    body = json.dumps({"type": "ping"}).encode()
    try:
        post(feed.url, feed.secrets(), f"ping-feed-{feed.pk}-{int(clock.now().timestamp())}", body)
    except (Failed, SecretUnreadable) as error:
        return f"{feed}: {error}"
    return ""
