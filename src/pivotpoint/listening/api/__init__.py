"""Readings, what people say of them, and the reader itself, for machines."""

from ninja import Router

from pivotpoint.listening.api.encoders import router as encoders
from pivotpoint.listening.api.examples import router as examples
from pivotpoint.listening.api.names import router as names
from pivotpoint.listening.api.readings import router as readings
from pivotpoint.listening.api.rereads import router as rereads
from pivotpoint.listening.api.taxonomies import router as taxonomies
from pivotpoint.listening.api.versions import router as versions

router = Router()
router.add_router("", readings, tags=["Readings"])
router.add_router("", taxonomies, tags=["Taxonomies"])
router.add_router("", examples, tags=["Relevance"])
router.add_router("", names, tags=["Names"])
router.add_router("", rereads, tags=["Histories read anew"])
router.add_router("", encoders, tags=["Encoders"])
router.add_router("", versions, tags=["Readers"])
