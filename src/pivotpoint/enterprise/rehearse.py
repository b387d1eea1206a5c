"""Try a destination with nobody's words, and show what was asked and what came back."""

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
    """What would be asked, and how the other side answers a question; `send` makes a record there, called a test."""
    demand(by, "pivot.change")
    connector = find(destination.kind) if can_rehearse(destination.kind) else None
    if not isinstance(connector, Rehearses):
        raise Refused(f"{destination} can only be checked.")
    try:
        return connector.rehearse(destination, send)
    except Failed as error:
        return Rehearsal(wrong=str(error))
