"""What the desk puts together, over the API: what waits for me, and search over everything."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.customers.models import Customer
from pivotpoint.desk import switchyard_api
from pivotpoint.desk.review_queue import queue, said_as
from pivotpoint.desk.search import found
from pivotpoint.desk.story import playing
from pivotpoint.desk.timeline import timeline
from pivotpoint.desk.waiting import sections
from pivotpoint.lib.paging import Paged

router = Router(tags=["desk"])
router.add_router("", switchyard_api.router)


class WaitingRow(Schema):
    title: str
    words: str
    url: str
    function: str
    people: int
    due: datetime | None
    when: str
    owner: str


class WaitingSection(Schema):
    key: str
    title: str
    count: int
    rows: list[WaitingRow]


class StoryProgress(Schema):
    day: int
    days: int


class FoundWords(Schema):
    message: int
    text: str
    spans: list[tuple[int, int]]


class Titled(Schema):
    id: int
    title: str


class Found(Schema):
    insights: list[Titled]
    customers: list[Titled]
    words: list[FoundWords]
    loops: list[Titled]
    changes: list[Titled]


class TimelineEntry(Schema):
    kind: str
    at: datetime
    id: int
    words: str


class Doubtful(Schema):
    """`field` is the judgement that is asked about, `sure` the reader's confidence in it; `alike` say the same."""

    message: int
    text: str
    field: str
    read_as: str
    sure: float
    alike: int


@router.get("/today", response=list[WaitingSection], auth=needs_scope("desk.view"), summary="What waits")
def today(request: Call, mine: bool = False) -> Any:
    """The rows of Today, most urgent first; `mine` keeps what I own."""
    return sections(user_of(request.auth), mine)


@router.get(
    "/today/story",
    response=StoryProgress | None,
    auth=needs_scope("desk.view"),
    summary="How far the demo story is",
)
def today_story(request: Call) -> Any:
    """While the story that the wizard was asked for is being played: days done, and of how many; null otherwise."""
    return playing()


@router.get("/search", response=Found, auth=needs_scope("desk.view"), summary="Find by words")
def search(request: Call, q: str = Query(..., min_length=1, max_length=200)) -> Any:
    """Insights, customers, their words (with half-open offsets of what matched), loops and changes."""
    hits = found(q.strip(), user_of(request.auth))
    named = {key: [_named(row) for row in hits[key]] for key in ("customers", "loops", "changes")}
    insights = [_named(row["insight"]) for row in hits["insights"]]
    words = [row | {"message": row["message"].pk} for row in hits["words"]]
    return {**named, "insights": insights, "words": words}


@router.get(
    "/doubtful-readings",
    response=list[Doubtful],
    auth=needs_scope("reading.correct"),
    summary="What to review",
)
def list_doubtful(request: Call, limit: int = Query(20, ge=1, le=100)) -> Any:
    """Readings of which the reader is not sure, those first whose answer teaches most."""
    return [
        {
            "message": asked.message.pk,
            "text": asked.message.text,
            "field": asked.field,
            "read_as": said_as(asked.message.reading, asked.field),
            "sure": asked.sure,
            "alike": asked.alike,
        }
        for asked in queue(request.auth, limit)
    ]


@router.get(
    "/customers/{int:pk}/timeline",
    response=Paged[TimelineEntry],
    auth=needs_scope("customer.view"),
    summary="All of it",
)
def show_timeline(request: Call, pk: int, cursor: str = "", kind: str = "") -> Any:
    """FoundWords, notices, verdicts, consent, merges and loops of one person, newest first; `kind` keeps one of them."""
    customers = Customer.objects.visible_to(user_of(request.auth))
    entries, following = timeline(get_object_or_404(customers, pk=pk), cursor, kind)
    items = [
        {"kind": e.kind, "at": e.at, "id": e.row.pk, "words": getattr(e.row, "text", "") or str(e.row)}
        for e in entries
    ]
    return {"items": items, "next": following or None}


def _named(row: Any) -> dict[str, Any]:
    return {"id": row.pk, "title": str(row)}
