"""One verb from a page: do it, say so in a sentence, go back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from pivotpoint.pivot.opening import Unseen


def do(request: HttpRequest, verb: Callable[[], object], done: str, back: str) -> HttpResponse:
    """Call `verb`; a refusal becomes its own sentence and changes nothing. Then `next` of the form, or `back`.

    A gate that opens unseen is shown first: the same form again, with the figures above its button.
    """
    try:
        verb()
    except Unseen as unseen:
        sent = [(name, each) for name, several in request.POST.lists() for each in several]
        again = [(name, each) for name, each in sent if name not in ("csrfmiddlewaretoken", "seen")]
        context = {"opened": unseen.opened, "again": again, "back": came_from(request, back)}
        return render(request, "desk/unseen.html", context, status=409)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)
    return redirect(came_from(request, back))


def seen(request: HttpRequest) -> bool:
    """Whoever sent the form has looked at how the pivot has worked."""
    return request.POST.get("seen") == "on"


def over(request: HttpRequest) -> int | None:
    """The version that whoever sent the form had before them."""
    number = request.POST.get("version", "")
    return int(number) if number.isdecimal() and len(number) < 10 else None


def came_from(request: HttpRequest, otherwise: str) -> str:
    """Where the form says that the person was, as long as that is one of our own pages."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours and asked.startswith("/") else otherwise
