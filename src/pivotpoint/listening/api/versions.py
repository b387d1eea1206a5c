"""The reader's versions and its accuracy over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.listening.correcting import accuracy as figures
from pivotpoint.listening.learning import versions as verbs
from pivotpoint.listening.models import ModelVersion

router = Router()


class ReaderVersionOut(Schema):
    """`figures.by` has, per judgement, how many were asked and how many this version (`right`) and the one that was
    live before (`right_before`) had right, without having learnt from them."""

    version: str
    made_at: datetime
    live_at: datetime | None
    verdict: str
    corrections: int
    figures: dict[str, Any]


@router.get(
    "/reading-accuracy", response=dict[str, Any], auth=needs_scope("desk.view"), summary="Accuracy card"
)
def show_accuracy(request: Call) -> dict[str, Any]:
    """How often people and the reader agree: per judgement, value, language, channel and month, with 95 % bounds."""
    return figures.accuracy().as_dict()


@router.get(
    "/readers",
    response=Paged[ReaderVersionOut],
    auth=needs_scope("desk.view"),
    summary="Versions of the reader",
)
def list_versions(request: Call, cursor: str | None = None, limit: int = 50) -> Page:
    rows = ModelVersion.objects.visible_to(request.auth)
    return page(rows, cursor, limit, key="-made_at")


@router.post("/readers/{version}/return", response=ReaderVersionOut, auth=needs_scope("reading.manage"))
def return_to(request: Call, version: str) -> ModelVersion:
    """Return to an earlier version from the next batch on. It is rebuilt from those of its judgements that still
    stand."""
    rows = ModelVersion.objects.visible_to(request.auth)
    return verbs.return_to(get_object_or_404(rows, version=version), by=request.auth)
