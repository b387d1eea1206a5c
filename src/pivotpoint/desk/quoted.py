"""Quotes as a person may read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def brief(said: Sequence[dict[str, Any]]) -> str:
    """That of them on a line which holds the most of what they are quoted for, cut as `listen` cuts it; "" without any."""
    if not said:
        return ""
    most = max(said, key=lambda one: sum(end - start for start, end in one["spans"]))
    cited = Cited(most["text"], None, None, tuple(most["spans"]))
    return "".join(text for text, _ in pieces(cited, LENGTH))
