"""Messages, conversations, channels and deliveries for machines."""

from ninja import Router

from pivotpoint.channels.api.channels import router as channels
from pivotpoint.channels.api.conversations import router as conversations
from pivotpoint.channels.api.deliveries import router as deliveries
from pivotpoint.channels.api.imports import router as imports
from pivotpoint.channels.api.messages import router as messages

router = Router()
router.add_router("", messages, tags=["Messages"])
router.add_router("", conversations, tags=["Conversations"])
router.add_router("", channels, tags=["Channels"])
router.add_router("", deliveries, tags=["Deliveries"])
router.add_router("", imports, tags=["Imports"])
