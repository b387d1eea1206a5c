"""The switchyard by API: pivots, passages, loops, hand-offs."""

from ninja import Router

from pivotpoint.pivot.api import (
    attachments,
    destinations,
    friction,
    handoffs,
    hours,
    loops,
    passages,
    pivots,
    playbooks,
    proposals,
    replays,
    standing,
    versions,
)

router = Router(tags=["pivot"])
for part in (
    replays,
    pivots,
    playbooks,
    versions,
    proposals,
    destinations,
    passages,
    loops,
    handoffs,
    hours,
    attachments,
    standing,
    friction,
):
    router.add_router("", part.router)

__all__ = ["router"]
