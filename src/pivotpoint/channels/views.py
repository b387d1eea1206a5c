"""Pages for strangers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pivotpoint.accounts.permissions import public
from pivotpoint.channels import stop
from pivotpoint.customers.models import Purpose


# A mail program posts here by itself (RFC 8058), with no page of ours before it: the signed link is the proof.
@public
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST does it: a mail scanner that opens links changes nothing."""
    found = stop.read(token)
    if found is None:
        raise Http404
    person, purpose = found
    if request.method == "POST":
        stop.stop(person, purpose)
    what = {"purpose": Purpose(purpose).label.lower(), "done": request.method == "POST"}
    return render(request, "channels/stop.html", what)
