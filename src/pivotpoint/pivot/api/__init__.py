"""The switchyard by API: pivots, passages, loops, hand-offs."""

from ninja import Router

from pivotpoint.pivot.api import destinations, handoffs, loops, passages, pivots, replays

router = Router(tags=["pivot"])
for part in (replays, pivots, destinations, passages, loops, handoffs):
    router.add_router("", part.router)

__all__ = ["router"]
