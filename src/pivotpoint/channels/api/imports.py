"""Imports over the API: upload, map, look, start, follow, cancel."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.channels.imports import run as verbs
from pivotpoint.channels.imports import take_back
from pivotpoint.channels.models import Channel, ImportRun
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.lib.shapes import Reason

router = Router()
DOOR = needs_scope("message.write")


class ImportOut(Schema):
    """`done_rows` of about `total_rows` are committed; each was accepted, repeated, rejected or skipped. `moved` messages
    were set aside, or let in again, since it was taken back because of `why_back`."""

    id: int
    file_name: str
    state: str
    channel: int | None
    columns: list[str]
    mapping: dict[str, str]
    where: dict[str, str]
    consent_source: str
    dry_run: bool
    total_rows: int | None
    done_rows: int
    accepted: int
    repeated: int
    rejected: int
    skipped: int
    error: str
    why_back: str
    moved: int
    created_at: datetime
    finished_at: datetime | None

    @staticmethod
    def resolve_channel(row: ImportRun) -> int | None:
        return row.channel_id


class UploadedOut(Schema):
    """`guessed` says how the columns were understood."""

    run: ImportOut
    guessed: list[str]


class MappingIn(Schema):
    """Part of a message to column; condition: column to value."""

    channel: int
    mapping: dict[str, str]
    where: dict[str, str] = {}
    consent_source: str = ""


class StartIn(Schema):
    dry_run: bool = False


class ImportPreviewOut(Schema):
    """A row as it would be taken, or why not."""

    number: int
    reason: str
    text: str | None
    author: str | None
    email: str | None
    said_at: datetime | None
    external_id: str | None


class CountOut(Schema):
    label: str
    number: int


class RejectOut(Schema):
    row_number: int
    reason: str
    raw: str


def _run(request: Call, pk: int) -> ImportRun:
    return get_object_or_404(ImportRun.objects.visible_to(request.auth), pk=pk)


@router.get("imports", response=Paged[ImportOut], auth=DOOR)
def imports(request: Call, cursor: str | None = None, limit: int = 50) -> Page:
    """All imports, the newest first."""
    return page(ImportRun.objects.visible_to(request.auth), cursor, limit)


@router.post("imports", response={201: UploadedOut}, auth=DOOR)
def upload(request: Call, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Send a CSV, JSONL or XLSX file. Nothing is taken in until it is started."""
    made, guessed = verbs.create(file.chunks(), file.name or "file", by=request.auth)
    return Status(201, {"run": made, "guessed": guessed})


@router.get("imports/{pk}", response=ImportOut, auth=DOOR)
def one(request: Call, pk: int) -> ImportRun:
    """How far it got."""
    return _run(request, pk)


@router.put("imports/{pk}", response=ImportOut, auth=DOOR)
def map_columns(request: Call, pk: int, body: MappingIn) -> ImportRun:
    """Say which channel and which columns."""
    channel = get_object_or_404(Channel.objects.visible_to(user_of(request.auth)), pk=body.channel)
    return verbs.set_up(
        _run(request, pk),
        by=request.auth,
        channel=channel,
        parts=body.mapping,
        where=body.where,
        consent_source=body.consent_source,
    )


@router.get("imports/{pk}/preview", response=list[ImportPreviewOut], auth=DOOR)
def preview(request: Call, pk: int, rows: int = 20) -> list[dict[str, Any]]:
    """The first rows as they would be taken."""
    return [
        {
            "number": row.number,
            "reason": row.reason,
            "text": row.inbound and row.inbound.text,
            "author": row.inbound and row.inbound.handle,
            "email": row.inbound and row.inbound.email,
            "said_at": row.inbound and row.inbound.said_at,
            "external_id": row.inbound and row.inbound.external_id,
        }
        for row in verbs.preview(_run(request, pk), max(1, min(rows, 100)))
    ]


@router.post("imports/{pk}/start", response={202: ImportOut}, auth=DOOR)
def start(request: Call, pk: int, body: StartIn) -> Status[ImportRun]:
    """Take it in; a dry run only counts."""
    return Status(202, verbs.start(_run(request, pk), by=request.auth, dry_run=body.dry_run))


@router.post("imports/{pk}/cancel", response=ImportOut, auth=DOOR)
def cancel(request: Call, pk: int) -> ImportRun:
    """Stop; what was taken in stays."""
    return verbs.cancel(_run(request, pk), by=request.auth)


@router.get("imports/{pk}/taken-back", response=list[CountOut], auth=DOOR)
def would_touch(request: Call, pk: int) -> list[dict[str, Any]]:
    """What taking it back would touch, in numbers."""
    return [{"label": label, "number": number} for label, number in take_back.would(_run(request, pk))]


@router.post("imports/{pk}/taken-back", response={202: ImportOut}, auth=DOOR)
def take_it_back(request: Call, pk: int, body: Reason) -> Status[ImportRun]:
    """Set its messages aside, with the reason."""
    return Status(202, take_back.take_back(_run(request, pk), body.reason, by=request.auth))


@router.delete("imports/{pk}/taken-back", response={202: ImportOut}, auth=DOOR)
def let_it_in(request: Call, pk: int) -> Status[ImportRun]:
    """Let its messages in again."""
    return Status(202, take_back.let_in(_run(request, pk), by=request.auth))


@router.get("imports/{pk}/rejects", response=Paged[RejectOut], auth=DOOR)
def rejects(request: Call, pk: int, cursor: str | None = None, limit: int = 50) -> Page:
    """The rows that were not taken, and why."""
    return page(_run(request, pk).rejects.all(), cursor, limit, key="row_number")
