"""A person was erased: their words leave the hand-offs too, also those that were sent long ago."""

from __future__ import annotations

from pivotpoint.pivot.evidence import without_erased
from pivotpoint.pivot.models import Handoff


def forget() -> int:
    """Take quotes out whose message is gone; the number of hand-offs that changed."""
    changed = 0
    for pk, payload in Handoff.objects.values_list("pk", "payload").iterator(chunk_size=500):
        left = without_erased(payload)
        if left is not None:
            changed += Handoff.objects.filter(pk=pk).update(payload=left)
    return changed
