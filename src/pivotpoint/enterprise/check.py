"""Try every destination and name what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from pivotpoint.enterprise.connectors import find
from pivotpoint.enterprise.connectors.contract import Failed
from pivotpoint.pivot.models import Destination


@dataclass(frozen=True)
class Finding:
    """`wrong` is one sentence, empty when all is well."""

    destination: Destination
    wrong: str


def check() -> list[Finding]:
    """One finding for each destination of a pivot that is open. Webhooks get a signed ping."""
    live = Destination.objects.filter(closed_at=None, pivot__closed_at=None)
    return [
        Finding(destination, check_one(destination))
        for destination in live.select_related("pivot__team__lead")
    ]


def check_one(destination: Destination) -> str:
    try:
        find(destination.kind).check(destination)
    except Failed as error:
        return f"{destination.pivot} → {destination}: {error}"
    return ""
