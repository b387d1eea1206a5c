"""A few things that different people said, for a destination outside: their words, never who they are."""

from __future__ import annotations

import re
from typing import Any

from pivotpoint.channels.models import Message
from pivotpoint.insights.models import Insight, Membership

QUOTES = 5
LENGTH = 400
LOOK_AT = 60
"""So many of the newest messages are looked at to find different people."""

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_NUMBER = re.compile(r"\+?\d(?:[ ()/.-]?\d){6,}")
_HANDLE = re.compile(r"(?<!\w)@\w+")


def masked(text: str) -> str:
    """Without e-mail addresses, handles and long numbers (telephone, card, account)."""
    text = _ADDRESS.sub("[e-mail]", text)
    return _NUMBER.sub("[number]", _HANDLE.sub("[name]", text))


def quotes(insight: Insight) -> list[dict[str, Any]]:
    """The newest quote of each of at most five people. `message` lets an erasure find it again."""
    newest = (
        Membership.objects.filter(cluster__theme=insight.pk)
        .select_related("message", "channel")
        .order_by("-said_at", "-pk")[:LOOK_AT]
    )
    by_person: dict[int, Membership] = {}
    for member in newest:
        by_person.setdefault(member.customer_id, member)
    return [
        {
            "message": member.message_id,
            "text": masked(member.message.text)[:LENGTH],
            "channel": member.channel.name,
            "said_at": member.said_at.isoformat(),
        }
        for member in list(by_person.values())[:QUOTES]
    ]


def without_erased(payload: dict[str, Any]) -> dict[str, Any] | None:
    """The payload without quotes whose message is gone; None when all are still there."""
    kept = payload.get("insight", {}).get("quotes", [])
    there = set(Message.objects.filter(pk__in=[q["message"] for q in kept]).values_list("pk", flat=True))
    if len(there) == len(kept):
        return None
    left = [quote for quote in kept if quote["message"] in there]
    return payload | {"insight": payload["insight"] | {"quotes": left}}
