"""A person is erased: their words leave the hand-offs too, also those that were sent long ago."""

from __future__ import annotations

from typing import Any

from pivotpoint.channels.models import Message
from pivotpoint.journal.record import record
from pivotpoint.pivot.evidence import without
from pivotpoint.pivot.models import Handoff


def forget(customers: list[int]) -> dict[str, Any]:
    """Take these people's quotes out, before their messages go; how many hand-offs changed.

    Those that had left already are recorded (pivot.quotes_erased), so that the other side can be asked to follow.
    """
    messages = set(Message.objects.filter(customer__in=customers).values_list("pk", flat=True))
    changed = 0
    for handoff in Handoff.objects.only("payload", "attempts_made").iterator(chunk_size=500):
        left, gone = without(handoff.payload, messages)
        if not gone:
            continue
        changed += Handoff.objects.filter(pk=handoff.pk).update(payload=left)
        if handoff.attempts_made:
            record("pivot.quotes_erased", handoff, messages=gone)
    return {"handoffs": changed}
