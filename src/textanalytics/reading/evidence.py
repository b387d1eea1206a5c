"""The words that decided: the strongest pieces of each text, as spans into the text as it was given."""

from __future__ import annotations

import numpy as np

from textanalytics.base import Span
from textanalytics.words.page import Array, Page

MOST = 4
SHARE = 0.35
"""A piece is shown when it gave at least this share of what the strongest piece of its text gave."""

FLOOR = 0.25


def strongest(page: Page, weight: Array, *, floor: float = FLOOR) -> list[list[Span] | None]:
    """At most MOST spans for each text, in reading order, None where nothing is strong; neighbours a blank apart are one
    span."""
    spans: list[list[Span] | None] = [None] * page.size
    eligible = np.flatnonzero(weight > floor)
    if not len(eligible):
        return spans
    texts, values = page.text[eligible], weight[eligible]
    order = np.lexsort((eligible, -values, texts))
    eligible, texts, values = eligible[order], texts[order], values[order]
    first = np.searchsorted(texts, texts)
    keep = (np.arange(len(texts)) - first < MOST) & (values >= SHARE * values[first])
    shown = np.sort(eligible[keep])
    texts, starts, ends = page.text[shown], page.starts[shown], page.ends[shown]
    joins = (np.diff(shown) == 1) & (texts[1:] == texts[:-1]) & (starts[1:] - ends[:-1] <= 1)
    opens, closes = np.append(True, ~joins), np.append(~joins, True)
    for text, span in zip(
        texts[opens].tolist(), zip(starts[opens].tolist(), ends[closes].tolist(), strict=True), strict=True
    ):
        there = spans[text]
        if there is None:
            spans[text] = [span]
        else:
            there.append(span)
    return spans
