"""What the agent may do at once for the words in front of them."""

from __future__ import annotations

from typing import Any

from pivotpoint.channels.models import Direction
from pivotpoint.desk.inbox_thread import Thread
from pivotpoint.pivot import use


def offered(said: Thread, theme: Any, *, may: bool) -> list[use.Offer]:
    """Of the last words, if they belong to a theme and this person answers customers."""
    last = said.last_heard
    return use.offers(last.message, theme.pk) if may and last and theme else []


def begun(offers: list[use.Offer], said: Thread) -> str:
    """The words of the one that was used, until something has been sent."""
    for offer in offers:
        if offer.used and not _answered(said, offer.used.at):
            offer.used.standing = offer.standing
            return use.words(offer.used)
    return ""


def _answered(said: Thread, since: Any) -> bool:
    return any(
        line.message.direction == Direction.OUT and line.message.said_at >= since for line in said.lines
    )
