"""Ask systems that got a copy of erased words to erase them too."""

from __future__ import annotations

from pivotpoint.enterprise.connectors import kinds
from pivotpoint.enterprise.connectors.contract import Chooses, Failed
from pivotpoint.pivot.models import Destination, Handoff
from pivotpoint.pivot.payload import ERASED, SCHEMA

FOUND = "found"
"""What an attempt says of a record that was there before us (adopt.py)."""


def ask_to_forget(handoff: Handoff, messages: list[int], event: int) -> Handoff | None:
    """Queue a `quotes.erased` hand-off for a connector that can pass it on. The same event makes one only.

    Not for adopted records: they existed before, and our text was never in them.
    """
    if not _can_forget(handoff.destination) or handoff.attempts.filter(status=FOUND).exists():
        return None
    key = f"{handoff.key}-forget-{event}"
    body = {
        "schema": SCHEMA,
        "type": ERASED,
        "handoff": handoff.key,
        "loop": {"id": handoff.loop_id},
        "messages": messages,
    }
    made, _ = Handoff.objects.get_or_create(
        key=key, defaults={"loop_id": handoff.loop_id, "destination": handoff.destination, "payload": body}
    )
    return made


def _can_forget(destination: Destination) -> bool:
    connector = kinds().get(destination.kind)
    if connector is None or not connector.FORGETS:
        return False
    try:
        return not isinstance(connector, Chooses) or connector.forgets(destination)
    except Failed:
        return False
