"""Quotes as a person may read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pivotpoint.insights.evidence.quotes import Quote
from pivotpoint.insights.ladder.ladder import Quote as Cited
from pivotpoint.insights.ladder.quoted import pieces
from pivotpoint.pivot.evidence import masked

LENGTH = 130
"""Characters of a quote that stands on a line of a list."""


def readable(quotes: Iterable[Quote], user: Any) -> list[dict[str, Any]]:
    """Whoever may not see customers reads the words without names, addresses and numbers."""
    if user.may("customer.view"):
        return [{"quote": one, "text": one.text, "spans": one.spans, "who": one.who} for one in quotes]
    return [{"quote": one, "text": masked(one.text), "spans": [], "who": "A customer"} for one in quotes]


def brief(said: dict[str, Any]) -> str:
    """One of those on a line, cut as `listen` cuts it."""
    cited = Cited(said["text"], None, None, tuple(said["spans"]))
    return "".join(text for text, _ in pieces(cited, LENGTH))
