"""What an HTTP answer says beside its body."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Any

from pivotpoint.lib import clock
from pivotpoint.lib.http import Answer


def patience(answer: Answer) -> float:
    """Retry-After in seconds, as a number or a date; at most an hour."""
    value = answer.headers.get("retry-after", "")
    if value.isdigit():
        return min(3600.0, float(value))
    try:
        return max(0.0, min(3600.0, (parsedate_to_datetime(value) - clock.now()).total_seconds()))
    except (TypeError, ValueError):
        return 0.0


def link(url: Any) -> str:
    """Only a web address becomes a link."""
    return url if isinstance(url, str) and url.startswith(("https://", "http://")) and len(url) <= 500 else ""
