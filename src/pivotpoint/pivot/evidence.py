"""A few things that different people said, for a destination outside: their words, never who they are."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from pivotpoint.accounts import moods
from pivotpoint.insights.evidence.quotes import quotes as said
from pivotpoint.insights.models import Insight
from textanalytics.mentions.masking import private
from textanalytics.mentions.personal import BANK, PHONE

QUOTES = 5
LENGTH = 400
NUMBERS = (PHONE, BANK)

_NUMBER = re.compile(r"\+?\d(?:[ ()/.-]?\d){6,}")
_HANDLE = re.compile(r"(?<!\w)@\w+")


def masked(text: str) -> str:
    """Without what a printed ladder hides (`private`), handles and other long numbers."""
    for kind, (start, end), _ in reversed(private(text)):
        text = f"{text[:start]}[{'number' if kind in NUMBERS else kind}]{text[end:]}"
    return _NUMBER.sub("[number]", _HANDLE.sub("[name]", text))


def quotes(insight: Insight) -> list[dict[str, Any]]:
    """The words of at most five people. `message` lets an erasure find them again."""
    feeling = moods.shown()
    return [
        {
            "message": quote.message,
            "text": masked(quote.text)[:LENGTH],
            "channel": quote.channel,
            "said_at": quote.said_at.isoformat(),
            "mood": quote.mood if feeling else None,
        }
        for quote in said([insight.pk], per_theme=QUOTES)[insight.pk]
    ]


def without(payload: dict[str, Any], messages: Collection[int]) -> tuple[dict[str, Any], list[int]]:
    """The payload without the quotes of these messages, and which of them it had quoted."""
    kept = payload.get("insight", {}).get("quotes", [])
    gone = [quote["message"] for quote in kept if quote["message"] in messages]
    if not gone:
        return payload, []
    left = [quote for quote in kept if quote["message"] not in messages]
    return payload | {"insight": payload["insight"] | {"quotes": left}}, gone
