"""What other systems do, for machines."""

from ninja import Router

from pivotpoint.enterprise.api.conflicts import router as conflicts
from pivotpoint.enterprise.api.destinations import router as destinations
from pivotpoint.enterprise.api.feeds import router as feeds
from pivotpoint.enterprise.api.rooms import router as rooms
from pivotpoint.enterprise.api.systems import router as systems

router = Router(tags=["enterprise"])
router.add_router("", feeds, tags=["feeds"])
for one in (destinations, systems, rooms, conflicts):
    router.add_router("", one)
