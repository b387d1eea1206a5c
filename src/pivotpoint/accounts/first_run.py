"""Until the wizard is through, every page leads to it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pivotpoint.accounts.models import Installation

OPEN = ("/setup/", "/static/", "/api/")


class FirstRun:
    """Asks the database until the installation is set up, and never again in this process."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.set_up = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.set_up and not request.path.startswith(OPEN):
            if not is_set_up():
                return redirect("setup")
            self.set_up = True
        return self.get_response(request)


def is_set_up() -> bool:
    return Installation.objects.exclude(set_up_at=None).exists()
