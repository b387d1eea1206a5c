from pivotpoint.enterprise.models.community_room import CommunityRoom, RoomGuest, RoomName, RoomPost
from pivotpoint.enterprise.models.counterpart import Counterpart
from pivotpoint.enterprise.models.cursor import Cursor
from pivotpoint.enterprise.models.customer_record import Conflict, CustomerRecord, Retraction
from pivotpoint.enterprise.models.feed import Feed, FeedDelivery
from pivotpoint.enterprise.models.mailbox import Mailbox
from pivotpoint.enterprise.models.pause import Pause

__all__ = [
    "CommunityRoom",
    "Conflict",
    "Counterpart",
    "Cursor",
    "CustomerRecord",
    "Feed",
    "FeedDelivery",
    "Mailbox",
    "Pause",
    "Retraction",
    "RoomGuest",
    "RoomName",
    "RoomPost",
]
