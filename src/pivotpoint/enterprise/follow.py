"""What we forget, those who got a copy are asked to forget too."""

from __future__ import annotations

from pivotpoint.enterprise.connectors import kinds
from pivotpoint.pivot.models import Handoff
from pivotpoint.pivot.payload import ERASED, SCHEMA


def ask_to_forget(handoff: Handoff, messages: list[int], event: int) -> Handoff | None:
    """Queue a quotes.erased for a connector that can pass it on. The same event twice is one."""
    connector = kinds().get(handoff.destination.kind)
    if connector is None or not connector.FORGETS:
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
