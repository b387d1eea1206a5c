"""The switchyard by API: pivots, passages, loops, hand-offs."""

from ninja import Router

from pivotpoint.pivot.api import destinations, friction, handoffs, loops, passages, pivots, standing

router = Router(tags=["pivot"])
for part in (pivots, destinations, passages, loops, handoffs, standing, friction):
    router.add_router("", part.router)

__all__ = ["router"]
