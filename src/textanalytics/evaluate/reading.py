"""How fast messages are read: language, mood, intent, relevance, function, and the theme that each joins."""

from __future__ import annotations

import time
from collections.abc import Sequence

from textanalytics.encoders import default
from textanalytics.evaluate.scores import peak_mb
from textanalytics.evaluate.themes import Figures
from textanalytics.reading import Reader
from textanalytics.text import clean
from textanalytics.themes import ThemeIndex

BATCH = 2_000


def measure(texts: Sequence[str]) -> Figures:
    """In batches as a stream would bring them; the wall's clock and the processor's, everything but loading."""
    reader, encoder = Reader(), default()
    reader.read(texts[:1])
    index = ThemeIndex(encoder.dimensions)
    began, worked = time.perf_counter(), time.process_time()
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        reader.read(batch)
        cleaned = [clean(text) for text in batch]
        index.add(encoder.encode(cleaned), cleaned)
    return {
        "messages": len(texts),
        "messages_per_second": round(len(texts) / (time.perf_counter() - began)),
        "messages_per_processor_second": round(len(texts) / (time.process_time() - worked)),
        "peak_mb": peak_mb(),
    }
