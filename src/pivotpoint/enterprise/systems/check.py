"""Try every destination and name what is wrong."""

from __future__ import annotations

import logging

from django.db.models import QuerySet

from pivotpoint.enterprise.connectors import find
from pivotpoint.enterprise.connectors.contract import Failed
from pivotpoint.enterprise.replies import read as replies
from pivotpoint.pivot.models import Destination

log = logging.getLogger(__name__)


def live() -> QuerySet[Destination]:
    """Open destinations of open pivots."""
    return Destination.objects.filter(closed_at=None, pivot__closed_at=None).order_by("pk")


def check() -> list[str]:
    """One sentence for each destination that cannot be reached now, and one if the mailbox of replies cannot.
    Webhooks get a signed ping.
    """
    return [sentence for sentence in [*destinations(), replies.wrong()] if sentence]


def destinations() -> list[str]:
    """One sentence for each destination that a hand-off could not reach now."""
    sentences = [check_one(destination) for destination in live().select_related("pivot__team__lead")]
    return [sentence for sentence in sentences if sentence]


def check_one(destination: Destination) -> str:
    """What is wrong with this destination, in one sentence; "" when nothing is."""
    try:
        find(destination.kind).check(destination)
    except Failed as error:
        return f"{destination.pivot} → {destination}: {error}"
    except Exception as error:  # noqa: BLE001 a connector's fault does not hide what is wrong with the others
        log.exception("the connector %s failed", destination.kind)
        return f"{destination.pivot} → {destination}: its connector failed: {error!r}"[:500]
    return ""
