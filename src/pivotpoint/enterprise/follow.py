"""What we forget, those who got a copy are asked to forget too."""

from __future__ import annotations

from pivotpoint.pivot.models import Handoff
from pivotpoint.pivot.payload import SCHEMA


def ask_to_forget(handoff: Handoff, messages: list[int], event: int) -> Handoff | None:
    """Queue a quotes.erased for a webhook: machines can follow. The same event twice is one."""
    if handoff.destination.kind != "webhook":
        return None
    key = f"{handoff.key}-forget-{event}"
    body = {
        "schema": SCHEMA,
        "type": "quotes.erased",
        "handoff": handoff.key,
        "loop": {"id": handoff.loop_id},
        "messages": messages,
    }
    made, _ = Handoff.objects.get_or_create(
        key=key, defaults={"loop_id": handoff.loop_id, "destination": handoff.destination, "payload": body}
    )
    return made
