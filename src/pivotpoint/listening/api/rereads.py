"""Reading a history anew over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from pivotpoint.accounts import moods
from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.listening.encoders.known import known_to
from pivotpoint.listening.models import ModelVersion, Reread
from pivotpoint.listening.rereads import runs

router = Router()


class RereadIn(Schema):
    """`version` of the reader, name of the `encoder`; those that are live when empty."""

    version: str = ""
    encoder: str = ""


class RereadOut(Schema):
    """`report` says what would move: empty until everything is read."""

    id: int
    state: str
    reader: str
    encoder: str = Field("", description="The encoder that it leads to; empty when that stays the same.")
    taggers: list[str]
    total: int
    done: int
    report: dict[str, Any]
    started_at: datetime
    read_at: datetime | None
    decided_at: datetime | None
    finished_at: datetime | None

    @staticmethod
    def resolve_report(run: Reread, context: Any) -> dict[str, Any]:
        judgements = run.report.get("judgements", {})
        if "mood" not in judgements or moods.shown_in(context):
            return run.report
        return run.report | {"judgements": {key: one for key, one in judgements.items() if key != "mood"}}

    @staticmethod
    def resolve_encoder(run: Reread) -> str:
        return run.encoder.name if run.encoder else ""


def _run(request: Call, pk: int) -> Reread:
    return get_object_or_404(Reread.objects.visible_to(request.auth).select_related("encoder"), pk=pk)


@router.get(
    "/rereads", response=Paged[RereadOut], auth=needs_scope("desk.view"), summary="Histories read anew"
)
def list_runs(request: Call, cursor: str | None = None, limit: int = 50) -> Page:
    rows = Reread.objects.visible_to(request.auth).select_related("encoder")
    return page(rows, cursor, limit, key="-started_at")


@router.get("/rereads/{int:pk}", response=RereadOut, auth=needs_scope("desk.view"))
def show_run(request: Call, pk: int) -> Reread:
    """One run, with its report once everything is read."""
    return _run(request, pk)


@router.post("/rereads", response={201: RereadOut}, auth=needs_scope("reading.manage"))
def start(request: Call, body: RereadIn) -> Status[Reread]:
    """Start reading the whole history again, into separate rows. Nothing changes until it is accepted."""
    versions = ModelVersion.objects.visible_to(request.auth)
    version = get_object_or_404(versions, version=body.version) if body.version else None
    encoder = get_object_or_404(known_to(request.auth), name=body.encoder) if body.encoder else None
    return Status(201, runs.start(version, encoder=encoder, by=request.auth))


def _do(request: Call, pk: int, verb: Callable[..., None]) -> Reread:
    run = _run(request, pk)
    verb(run, by=request.auth)
    return run


@router.post("/rereads/{int:pk}/pause", response=RereadOut, auth=needs_scope("reading.manage"))
def pause(request: Call, pk: int) -> Reread:
    """Pause a run."""
    return _do(request, pk, runs.pause)


@router.delete("/rereads/{int:pk}/pause", response=RereadOut, auth=needs_scope("reading.manage"))
def resume(request: Call, pk: int) -> Reread:
    """Resume a paused run."""
    return _do(request, pk, runs.resume)


@router.post("/rereads/{int:pk}/cancellation", response=RereadOut, auth=needs_scope("reading.manage"))
def cancel(request: Call, pk: int) -> Reread:
    """Cancel a run and drop its readings. Nothing has changed."""
    return _do(request, pk, runs.cancel)


@router.post("/rereads/{int:pk}/acceptance", response=RereadOut, auth=needs_scope("reading.manage"))
def accept(request: Call, pk: int) -> Reread:
    """Accept a run: all readings are exchanged, and its reader goes live at once."""
    return _do(request, pk, runs.accept)


@router.delete("/rereads/{int:pk}/acceptance", response=RereadOut, auth=needs_scope("reading.manage"))
def undo(request: Call, pk: int) -> Reread:
    """Undo an accepted run within thirty days: all earlier readings return."""
    return _do(request, pk, runs.undo)
