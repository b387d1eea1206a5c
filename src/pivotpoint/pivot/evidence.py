"""A few things that different people said, for a destination outside: their words, never who they are."""

from __future__ import annotations

import re
from typing import Any

from pivotpoint.channels.models import Message
from pivotpoint.insights.models import Insight
from pivotpoint.insights.quotes import quotes as said

QUOTES = 5
LENGTH = 400

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_NUMBER = re.compile(r"\+?\d(?:[ ()/.-]?\d){6,}")
_HANDLE = re.compile(r"(?<!\w)@\w+")


def masked(text: str) -> str:
    """Without e-mail addresses, handles and long numbers (telephone, card, account)."""
    text = _ADDRESS.sub("[e-mail]", text)
    return _NUMBER.sub("[number]", _HANDLE.sub("[name]", text))


def quotes(insight: Insight) -> list[dict[str, Any]]:
    """The words of at most five people. `message` lets an erasure find them again."""
    return [
        {
            "message": quote.message,
            "text": masked(quote.text)[:LENGTH],
            "channel": quote.channel,
            "said_at": quote.said_at.isoformat(),
            "mood": quote.mood,
        }
        for quote in said([insight.pk], per_theme=QUOTES)[insight.pk]
    ]


def without_erased(payload: dict[str, Any]) -> dict[str, Any] | None:
    """The payload without quotes whose message is gone; None when all are still there."""
    kept = payload.get("insight", {}).get("quotes", [])
    there = set(Message.objects.filter(pk__in=[q["message"] for q in kept]).values_list("pk", flat=True))
    if len(there) == len(kept):
        return None
    left = [quote for quote in kept if quote["message"] in there]
    return payload | {"insight": payload["insight"] | {"quotes": left}}
