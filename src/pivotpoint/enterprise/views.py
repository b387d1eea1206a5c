"""The door for signed answers."""

from __future__ import annotations

import binascii
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from standardwebhooks import Webhook, WebhookVerificationError

from pivotpoint.accounts.permissions import public
from pivotpoint.channels.examine import clean
from pivotpoint.enterprise.answers.poll import take
from pivotpoint.enterprise.connectors import MappingError, kinds
from pivotpoint.enterprise.connectors.contract import NotTheirs, Understands
from pivotpoint.lib.crypto import SecretUnreadable
from pivotpoint.lib.problems import answer as problem
from pivotpoint.pivot import answers
from pivotpoint.pivot.models import Destination, Handoff
from pivotpoint.pivot.refused import Refused

LARGEST = 64 * 1024
LARGEST_OF_OTHERS = 1024 * 1024
"""What a tracker sends has the whole issue in it."""


@csrf_exempt
@require_POST
@public
def hook(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer signed with the destination's secret (Standard Webhooks); the same webhook-id again is one answer."""
    destination = Destination.objects.filter(pk=pk).first()
    connector = kinds().get(destination.kind) if destination else None
    if destination and isinstance(connector, Understands):
        return _understand(connector, destination, request)
    try:
        secrets = destination.secrets() if destination else []
    except SecretUnreadable as error:
        return problem(503, "The destination's secret can't be read", str(error))
    if destination is None or not secrets or not (connector and connector.SIGNED):
        raise Http404
    if (large := _too_large(request, LARGEST)) is not None:
        return large
    if not any(_fits(request, secret) for secret in secrets):
        return problem(401, "The signature does not fit", "Sign the body with the destination's secret, now.")
    if (said := _said(request.body)) is None:
        return problem(422, "That can't be read", "Send a JSON object with `handoff` and `outcome`.")
    return _take(destination, said, request.headers["webhook-id"])


def _too_large(request: HttpRequest, most: int) -> HttpResponse | None:
    if len(request.body) <= most:
        return None
    return problem(413, "The answer is too large", f"Send at most {most:,} bytes.")


def _understand(connector: Understands, destination: Destination, request: HttpRequest) -> HttpResponse:
    """In the other side's own words and with its own signature. What is about nothing of ours is fine, and ignored."""
    if (large := _too_large(request, LARGEST_OF_OTHERS)) is not None:
        return large
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        heard = connector.understand(destination, request.body, headers)
        taken = take(heard, destination) if heard else 0
    except NotTheirs:
        return problem(
            401, "The signature does not fit", "Sign the body with the destination's secret for answers."
        )
    except MappingError as error:
        return problem(422, "The mapping does not fit", str(error))
    return JsonResponse({"taken": taken})


def _said(body: bytes) -> dict[str, Any] | None:
    """None when it is no JSON object."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _fits(request: HttpRequest, secret: str) -> bool:
    """Signed with this secret at most five minutes ago."""
    try:
        Webhook(secret).verify(request.body, dict(request.headers), json_parse=False)
    except (WebhookVerificationError, binascii.Error, ValueError):
        return False
    return True


def _take(destination: Destination, said: dict[str, Any], key: str) -> HttpResponse:
    handoff = Handoff.objects.filter(destination=destination, key=clean(str(said.get("handoff", "")))).first()
    if handoff is None:
        return problem(404, "No such hand-off", "`handoff` is the key that came with it.")
    name = str(said.get("by") or destination.name)
    note, told = str(said.get("note") or ""), str(said.get("told") or "")
    try:
        given = answers.answer(
            handoff, str(said.get("outcome", "")), note=note, told=told, key=f"hook-{key}", actor_name=name
        )
    except Refused as error:
        return problem(422, "That can't be done", str(error))
    loop = given.handoff.loop
    return JsonResponse({"answer": given.pk, "outcome": given.outcome, "loop": loop.pk, "stage": loop.stage})
