"""The words that decided: the strongest pieces of each text, as spans into the text as it was given."""

from __future__ import annotations

import numpy as np

from textanalytics.base import Span
from textanalytics.page import Array, Page

MOST = 4
SHARE = 0.35
"""A piece is shown when it gave at least this share of what the strongest piece of its text gave."""

FLOOR = 0.25


def strongest(page: Page, weight: Array, *, floor: float = FLOOR) -> list[list[Span]]:
    """At most MOST spans for each text, in reading order; neighbours a blank apart are one span."""
    spans: list[list[Span]] = [[] for _ in range(page.size)]
    eligible = np.flatnonzero(weight > floor)
    if not len(eligible):
        return spans
    texts, values = page.text[eligible], weight[eligible]
    order = np.lexsort((eligible, -values, texts))
    eligible, texts, values = eligible[order], texts[order], values[order]
    first = np.searchsorted(texts, texts)
    keep = (np.arange(len(texts)) - first < MOST) & (values >= SHARE * values[first])
    starts, ends = page.starts, page.ends
    previous = -1
    shown = np.sort(eligible[keep])
    for piece, text in zip(shown.tolist(), page.text[shown].tolist(), strict=True):
        mine = spans[text]
        if mine and piece == previous + 1 and starts[piece] - mine[-1][1] <= 1:
            mine[-1] = (mine[-1][0], ends[piece])
        else:
            mine.append((starts[piece], ends[piece]))
        previous = piece
    return spans
