from pivotpoint.channels.models.arrivals import Arrivals
from pivotpoint.channels.models.channel import Channel, Kind, Policy
from pivotpoint.channels.models.conversation import Conversation
from pivotpoint.channels.models.delivery import Delivery
from pivotpoint.channels.models.import_run import ImportRun, Reject
from pivotpoint.channels.models.message import Audience, Direction, Message

__all__ = [
    "Arrivals",
    "Audience",
    "Channel",
    "Conversation",
    "Delivery",
    "Direction",
    "ImportRun",
    "Kind",
    "Message",
    "Policy",
    "Reject",
]
