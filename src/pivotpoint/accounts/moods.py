"""Whether moods are shown: an organisation may switch them off, for everybody and at every door."""

from __future__ import annotations

from typing import Any

from pivotpoint.accounts.models import Installation


def shown() -> bool:
    """One query; whoever asks for many rows asks once."""
    return Installation.here().reads_mood


def shown_in(context: Any) -> bool:
    """For an answer over the API: asked once a request, however many rows it has."""
    request: Any = context["request"]
    if not hasattr(request, "reads_mood"):
        request.reads_mood = shown()
    return bool(request.reads_mood)
