"""Try a destination with sample text, and show the request and the answer."""

from __future__ import annotations

from typing import Any

from pivotpoint.accounts.permissions import demand
from pivotpoint.enterprise.connectors import find
from pivotpoint.enterprise.connectors.contract import Failed, Rehearsal, Rehearses
from pivotpoint.pivot.models import Destination
from pivotpoint.pivot.refused import Refused


def can_rehearse(kind: str) -> bool:
    try:
        return isinstance(find(kind), Rehearses)
    except Failed:
        return False


def rehearse(destination: Destination, *, by: Any, send: bool = False) -> Rehearsal:
    """Show the request that a hand-off would be, and the answer to a harmless query. With `send`, a record marked
    as a test is made."""
    demand(by, "pivot.change")
    connector = find(destination.kind) if can_rehearse(destination.kind) else None
    if not isinstance(connector, Rehearses):
        raise Refused(f"{destination} can only be checked.")
    try:
        return connector.rehearse(destination, send)
    except Failed as error:
        return Rehearsal(wrong=str(error))
