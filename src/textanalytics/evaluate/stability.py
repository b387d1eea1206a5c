"""Whether messages keep their theme while more come in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textanalytics.base import Encoder
from textanalytics.evaluate.themes import Figures, gather
from textanalytics.themes import ThemeIndex


def measure(texts: Sequence[str], encoder: Encoder, *, detail: float, start: float, steps: int) -> Figures:
    """Grows from the share `start` to all of it in equal `steps`, consolidating after each.

    `kept_per_step` is the mean share of the messages so far that have the same theme after a step as before it;
    `kept_first_tenth` the share of the opening messages that end where the first consolidation put them. A
    message in a theme that was merged away has not kept its theme.
    """
    index, ids = ThemeIndex(encoder.dimensions, detail=detail), np.zeros(0, np.int64)
    ends = np.rint(np.linspace(start, 1.0, steps + 1) * len(texts)).astype(np.int64).tolist()
    kept: list[float] = []
    first = np.zeros(0, np.int64)
    for begin, end in zip([0, *ends], ends, strict=False):
        before = index.themes_of(ids)
        ids = np.concatenate([ids, gather(index, texts[begin:end], encoder)])
        index.consolidate()
        if begin:
            kept.append(float(np.mean(index.themes_of(ids[:begin]) == before)))
        else:
            first = index.themes_of(ids)
    return {
        "messages": len(texts),
        "steps": steps,
        "kept_per_step": round(float(np.mean(kept)), 4),
        "kept_first_tenth": round(float(np.mean(index.themes_of(ids[: len(first)]) == first)), 4),
    }
