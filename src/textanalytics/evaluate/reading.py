"""How fast messages are read: language, mood, intent, relevance, function, and the theme that each joins."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from textanalytics.encoders import default
from textanalytics.evaluate.scores import peak_mb
from textanalytics.evaluate.themes import Figures
from textanalytics.reading.process import WARM, Prepared, collect_seldom, prepare
from textanalytics.reading.readers import BATCH, Readers, processors
from textanalytics.reading.reading import Reader
from textanalytics.themes import ThemeIndex


def measure(texts: Sequence[str], processes: int | None = None) -> Figures:
    """In batches as a stream would bring them, by one process and by as many as there are processors; loading is not counted.
    Each looks for garbage as seldom as a process that reads for the product.

    VADER, which says nothing but how positive an English text is, has the same texts in the same run: processors are of
    unlike speed, and more so when others use them, but the ratio stays.
    """
    reader, count = Reader(), processes or processors()
    prepare(reader, WARM)
    with _as_in_the_product():
        one = _worked(lambda: _gather(_alone(reader, texts)))
    vader = _worked(_vader(texts))
    with Readers(reader, processes=count) as crew:
        crew.wait()
        began = time.perf_counter()
        _gather(crew.prepare(texts))
        seconds = time.perf_counter() - began
    return {
        "messages": len(texts),
        "messages_per_second": round(len(texts) / seconds),
        "processes": count,
        "messages_per_processor_second": round(len(texts) / one),
        "vader_per_processor_second": round(len(texts) / vader),
        "times_vader": round(vader / one, 2),
        "peak_mb": peak_mb(),
    }


def _alone(reader: Reader, texts: Sequence[str]) -> Iterable[Prepared]:
    return (prepare(reader, texts[start : start + BATCH]) for start in range(0, len(texts), BATCH))


def _gather(batches: Iterable[Prepared]) -> None:
    index = ThemeIndex(default().dimensions)
    for batch in batches:
        index.add(batch.vectors, batch.cleaned)


def _vader(texts: Sequence[str]) -> Callable[[], None]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()

    def judge() -> None:
        for text in texts:
            analyser.polarity_scores(text)

    return judge


@contextmanager
def _as_in_the_product() -> Iterator[None]:
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def _worked(work: Callable[[], None]) -> float:
    """Seconds of this process's processor."""
    began = time.process_time()
    work()
    return time.process_time() - began
