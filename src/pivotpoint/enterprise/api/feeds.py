"""Feeds of events over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.enterprise.feeds import open as feeds
from pivotpoint.enterprise.feeds.check import check_feed
from pivotpoint.enterprise.models import Feed, FeedDelivery
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.lib.shapes import Secret

router = Router(tags=["feeds"])
CHANGE = needs_scope("pivot.change")


class FeedIn(Schema):
    """`events` of `GET feeds/events`."""

    name: str = Field("", max_length=80)
    url: str = Field(max_length=500)
    events: list[str]


class FeedOut(Schema):
    id: int
    name: str
    url: str
    events: list[str]
    opened_at: datetime
    closed_at: datetime | None


class NewFeed(FeedOut):
    """`secret` is shown only once. It verifies the signature of every request (Standard Webhooks)."""

    secret: str


class FeedDeliveryOut(Schema):
    """`key` is the webhook-id."""

    id: int
    key: str
    event: str
    state: str
    tries: int
    status: str
    error: str
    next_attempt_at: datetime
    sent_at: datetime | None

    @staticmethod
    def resolve_event(row: FeedDelivery) -> str:
        return row.event.name


class FeedCheckedOut(Schema):
    """`wrong` is one sentence, or empty."""

    ok: bool
    wrong: str


class Replayed(Schema):
    replayed: int


def _mine(request: Call, pk: int) -> Feed:
    return get_object_or_404(Feed.objects.visible_to(user_of(request.auth)), pk=pk)


@router.get("feeds/events", response=list[str], auth=CHANGE)
def offered(request: Call) -> list[str]:
    """The events that a feed can send."""
    return list(feeds.OFFERED)


@router.get("feeds", response=list[FeedOut], auth=CHANGE)
def list_feeds(request: Call) -> list[Feed]:
    """All feeds, closed ones too."""
    return list(Feed.objects.visible_to(user_of(request.auth)).order_by("pk"))


@router.post("feeds", response={201: NewFeed}, auth=CHANGE)
def open_feed(request: Call, body: FeedIn) -> Status[dict[str, Any]]:
    """Open a feed. It sends events from now on."""
    feed, secret = feeds.open_feed(body.name, body.url, body.events, by=request.auth)
    shown = {name: getattr(feed, name) for name in FeedOut.model_fields}
    return Status(201, shown | {"secret": secret})


@router.post("feeds/{int:pk}/secret", response={201: Secret}, auth=CHANGE)
def new_secret(request: Call, pk: int) -> Status[dict[str, str]]:
    """Make a new secret. For a day, requests are signed with the old one too."""
    return Status(201, {"secret": feeds.new_secret(_mine(request, pk), by=request.auth)})


@router.post("feeds/{int:pk}/check", response=FeedCheckedOut, auth=CHANGE)
def check(request: Call, pk: int) -> dict[str, Any]:
    """Send a signed ping now, which a receiver answers with 2xx and otherwise ignores."""
    wrong = check_feed(_mine(request, pk), by=request.auth)
    return {"ok": not wrong, "wrong": wrong}


@router.get("feeds/{int:pk}/deliveries", response=Paged[FeedDeliveryOut], auth=CHANGE)
def deliveries(request: Call, pk: int, cursor: str | None = None, limit: int = 50) -> Page:
    """Deliveries of a feed, sent and waiting, the latest first."""
    return page(_mine(request, pk).deliveries.select_related("event"), cursor, limit)


@router.post("feeds/{int:pk}/replay", response=Replayed, auth=CHANGE)
def replay(request: Call, pk: int) -> dict[str, int]:
    """Send again what was given up."""
    return {"replayed": feeds.replay(_mine(request, pk), by=request.auth)}


@router.delete("feeds/{int:pk}", response=FeedOut, auth=CHANGE)
def close_feed(request: Call, pk: int) -> Feed:
    """Close a feed: it sends nothing any more."""
    feed = _mine(request, pk)
    feeds.close_feed(feed, by=request.auth)
    feed.refresh_from_db()
    return feed
