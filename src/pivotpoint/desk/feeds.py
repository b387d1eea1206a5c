"""Settings, Systems: feeds, which tell other systems at once what rises."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do
from pivotpoint.enterprise.feeds import open as feeds
from pivotpoint.enterprise.feeds.check import check_feed
from pivotpoint.enterprise.feeds.figures import open_feeds
from pivotpoint.enterprise.models import Feed, FeedDelivery
from pivotpoint.insights.models import Insight
from pivotpoint.journal.record import registered

LATEST = 50


def offered() -> dict[str, str]:
    """What may go out, and what it means."""
    return {name: registered()[name] for name in feeds.OFFERED}


@require_POST
@needs("pivot.change")
def feed_new(request: HttpRequest) -> HttpResponse:
    """Open one; its secret is shown this once."""
    said = request.POST
    try:
        feed, secret = feeds.open_feed(
            said.get("name", ""), said.get("url", "").strip(), said.getlist("events"), by=request.user
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(f"{reverse('desk:systems')}#feeds")
    return _secret(request, feed, secret)


@require_safe
@needs("pivot.change")
def feed_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What went out lately and what waits, and what can be done about it."""
    feed = get_object_or_404(open_feeds(request.user), pk=pk)
    rows = list(FeedDelivery.objects.filter(feed=feed).select_related("event").order_by("-pk")[:LATEST])
    about = Insight.objects.select_related("theme").in_bulk({row.event.subject_id for row in rows})
    words = offered()
    sent = [(row, words.get(row.event.name, row.event.name), about.get(row.event.subject_id)) for row in rows]
    chosen = [meaning for name, meaning in words.items() if name in feed.events]
    return render(request, "desk/feed.html", {"feed": feed, "sent": sent, "chosen": chosen})


@require_POST
@needs("pivot.change")
def feed_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a signed ping, and say what is wrong."""
    feed = _feed(request, pk)
    if wrong := check_feed(feed, by=request.user):
        messages.error(request, wrong)
    else:
        messages.success(request, f"{feed} answers.")
    return redirect("desk:feed", pk)


@require_POST
@needs("pivot.change")
def feed_replay(request: HttpRequest, pk: int) -> HttpResponse:
    feed = _feed(request, pk)
    done = f"What stopped goes out to {feed} again."
    return do(request, lambda: feeds.replay(feed, by=request.user), done, reverse("desk:feed", args=[pk]))


@require_POST
@needs("pivot.change")
def feed_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Another secret; the one before it signs as well for a day."""
    feed = _feed(request, pk)
    return _secret(request, feed, feeds.new_secret(feed, by=request.user))


@require_POST
@needs("pivot.change")
def feed_close(request: HttpRequest, pk: int) -> HttpResponse:
    feed = _feed(request, pk)
    done = f"Nothing more goes out to {feed}."
    return do(request, lambda: feeds.close_feed(feed, by=request.user), done, reverse("desk:systems"))


def _feed(request: HttpRequest, pk: int) -> Feed:
    rows: Any = Feed.objects.visible_to(request.user)
    feed: Feed = get_object_or_404(rows.filter(closed_at=None), pk=pk)
    return feed


def _secret(request: HttpRequest, feed: Feed, secret: str) -> HttpResponse:
    """Shown once, and never cached."""
    response = render(request, "desk/feed_secret.html", {"feed": feed, "secret": secret})
    response.headers["Cache-Control"] = "no-store"
    return response
