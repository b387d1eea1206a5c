"""Whatever page asked for a change that needs a second pair of eyes: say so, and show what waits."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pivotpoint.pivot.changing import Proposed


class ProposedChanges:
    """Middleware. A verb raises Proposed from wherever it is called, so no page has to know."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Proposed):
            return None
        messages.success(request, str(exception))
        return redirect("desk:proposals")
