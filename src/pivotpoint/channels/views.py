"""Pages for strangers: tell us, and no more of it."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pivotpoint.accounts.permissions import public
from pivotpoint.channels import follow, origins, stop, webform
from pivotpoint.channels.limits import let_in
from pivotpoint.channels.models import Channel, Kind, Message
from pivotpoint.customers.models import Purpose
from pivotpoint.lib.address import client_address


def _channel(key: str) -> Channel:
    return get_object_or_404(Channel, key=key, kind=Kind.FORM, closed_at=None)


# The form works without cookies (browsers send none to a frame on another site), so there is no session that a
# forged request could use. Its own signed stamp and the Origin check stand where the CSRF token would.
@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def form_page(request: HttpRequest, key: str) -> HttpResponse:
    """The form on a page of its own."""
    channel = _channel(key)
    answer = _take(request, channel, "channels/form.html")
    if isinstance(answer, Message):
        return redirect("community:follow", follow.token_for(answer))
    return answer


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def frame(request: HttpRequest, key: str) -> HttpResponse:
    """The form inside another site."""
    channel = _channel(key)
    answer = _take(request, channel, "channels/frame.html")
    if isinstance(answer, Message):
        answer = redirect("channels:thanks", key, follow.token_for(answer))
    return _in_frame(channel, answer)


@public
@require_safe
def thanks(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """In the frame, after sending: the link under which they follow what comes of it."""
    channel = _channel(key)
    message = follow.message_for(token)
    if message is None or message.channel_id != channel.pk:
        raise Http404
    return _in_frame(channel, render(request, "channels/thanks.html", {"link": follow.link(message)}))


@public
@require_safe
def embed(request: HttpRequest, key: str) -> HttpResponse:
    """The script that a site includes: it puts the frame where it stands, or says why it can't."""
    channel = _channel(key)
    source = settings.SITE_URL + reverse("channels:frame", args=[channel.key])
    parts = {"source": source, "title": "Tell us", "sites": channel.origins}
    values = {name: json.dumps(part) for name, part in parts.items()}
    response = render(request, "channels/embed.js", values, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


# A mail program posts here by itself (RFC 8058), with no page of ours before it: the signed link is the proof.
@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
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


def _take(request: HttpRequest, channel: Channel, template: str) -> Message | HttpResponse:
    """The message that was sent; else the page that asks for it, or says why not."""
    form = webform.TellUs(request.POST or None)
    status, refusal = 200, ""
    if request.method == "POST":
        if not origins.may_post(channel, request):
            status, refusal = 403, "This form can't be sent from that site."
        elif not let_in(f"form:{channel.key}", client_address(request), channel.per_minute):
            status, refusal = 429, "That was a lot in one minute; send it again in a minute."
        elif form.is_valid():
            return webform.submit(channel, form, request.headers.get("Referer", ""))
        else:
            status = 422
    values = {"channel": channel, "form": form, "stamp": webform.stamp(channel), "refusal": refusal}
    response = render(request, template, values, status=status)
    if status == 429:
        response.headers["Retry-After"] = "60"
    return response


def _in_frame(channel: Channel, response: HttpResponse) -> HttpResponse:
    response.headers["Content-Security-Policy"] = origins.frame_policy(channel)
    return response
