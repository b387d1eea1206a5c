"""What all portal pages share: plain sentences instead of error pages, rate limits, and no caching."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from pivotpoint.accounts.permissions import public
from pivotpoint.channels.limits import let_in
from pivotpoint.lib.address import client_address
from pivotpoint.pivot.refused import Refused

View = Callable[..., HttpResponseBase]
PER_MINUTE = 20
"""So many forms of one kind may one address send."""
TOO_MANY = "That was a lot within one minute. Wait a minute and send it again."


def portal_page(view: View) -> View:
    """Open to everybody; POSTs of one address are limited."""

    @public
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        door = f"portal:{view.__name__}"
        if request.method == "POST" and not let_in(door, client_address(request), PER_MINUTE):
            return say(request, "Too fast", TOO_MANY, status=429)
        try:
            response = view(request, *args, **kwargs)
        except Http404 as missing:
            return say(request, "Nothing here", str(missing), status=404)
        except Refused as refused:
            return say(request, "Not possible now", str(refused), status=409)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def say(request: HttpRequest, title: str, sentence: str, *, status: int) -> HttpResponse:
    """One sentence on a page of its own."""
    return render(request, "community/sentence.html", {"heading": title, "sentence": sentence}, status=status)
