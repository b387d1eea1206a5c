"""Themes beside people's labels: how alike the two are, and how fast they were found."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from textanalytics.base import Encoder, IntArray
from textanalytics.evaluate.scores import peak_mb
from textanalytics.text import clean
from textanalytics.themes import ThemeIndex

BATCH = 20_000

Figures = dict[str, float | int | None]


def measure(texts: Sequence[str], labels: Sequence[str], encoder: Encoder, *, detail: float) -> Figures:
    """Every message counts, also those without a theme; `_themed` leaves them out.

    The time is that of cleaning, encoding, gathering and one consolidation; loading is not part of it.
    """
    from sklearn.metrics import adjusted_rand_score, v_measure_score

    encoder.encode(["warm"])
    began, worked = time.perf_counter(), time.process_time()
    index = ThemeIndex(encoder.dimensions, detail=detail)
    ids = gather(index, texts, encoder)
    index.consolidate()
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    themes = index.themes_of(ids)
    themed = themes >= 0
    known = _numbered(labels)
    return {
        "messages": len(texts),
        "labels": len(set(labels)),
        "v_measure": round(float(v_measure_score(known, themes)), 4),
        "v_measure_themed": round(float(v_measure_score(known[themed], themes[themed])), 4),
        "ari": round(float(adjusted_rand_score(known, themes)), 4),
        "themes": len(np.unique(themes[themed])),
        "unthemed_share": round(float(1 - themed.mean()), 4),
        "vague_share": round(float((themed & (themes == index.vague)).mean()), 4),
        "messages_per_second": round(len(texts) / seconds),
        "messages_per_processor_second": round(len(texts) / work),
        "peak_mb": peak_mb(),
    }


def _numbered(labels: Sequence[str]) -> IntArray:
    """(n,) a number for each different label. A million strings side by side would be the most memory that is ever used."""
    numbers: dict[str, int] = {}
    return np.fromiter((numbers.setdefault(label, len(numbers)) for label in labels), np.int64, len(labels))


def gather(index: ThemeIndex, texts: Sequence[str], encoder: Encoder) -> IntArray:
    """(n,) the micro-cluster of each text, in batches as a stream would bring them."""
    ids = np.empty(len(texts), np.int64)
    for start in range(0, len(texts), BATCH):
        batch = [clean(text) for text in texts[start : start + BATCH]]
        ids[start : start + len(batch)] = index.add(encoder.encode(batch), batch)
    return ids
