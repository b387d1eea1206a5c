"""Which sites may embed a channel's form, and post to it."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from pivotpoint.channels.models import Channel
from pivotpoint.lib.headers import POLICY

_origin = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


def checked(origins: list[str]) -> list[str]:
    """The origins as browsers send them; a sentence when one is none. No wildcard."""
    found = []
    for given in origins:
        plain = str(given).strip().rstrip("/").lower()
        if not _origin.fullmatch(plain):
            raise ValidationError(f"{str(given)[:80]} is not a site; write it as https://shop.example.")
        found.append(plain)
    return list(dict.fromkeys(found))


def may_post(channel: Channel, request: HttpRequest) -> bool:
    """Whether the request's Origin is ours or a site that may embed the form. Without an Origin header it is not a
    browser."""
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    return origin in {f"{request.scheme}://{request.get_host()}", settings.SITE_URL, *channel.origins}


def frame_policy(channel: Channel) -> str:
    """The content policy of the frame: only the channel's sites may show it."""
    return POLICY.replace(
        "frame-ancestors 'none'", f"frame-ancestors {' '.join(channel.origins) or chr(39) + 'none' + chr(39)}"
    )
