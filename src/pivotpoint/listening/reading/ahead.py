"""Read ahead: in a large backlog a second process reads the next batch while this one writes the last.

Only if there is another processor. If that process fails, the batch is read here: messages stay unread until their
readings are written, so nothing depends on it.
"""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any, TypeVar

import numpy as np
from django.conf import settings

from pivotpoint.listening.encoders.live import live_place
from pivotpoint.listening.names.gazetteer import live_finder
from textanalytics.base import Encoder, FloatArray
from textanalytics.duplicates import Marks, copy_marks
from textanalytics.entities import Entity, EntityFinder
from textanalytics.reading.process import USUAL, Prepared, ReaderBeside, Task, Wish, Work
from textanalytics.reading.reading import Reader
from textanalytics.reading.readings import Readings
from textanalytics.reading.written import Written, written
from textanalytics.text import clean

log = logging.getLogger(__name__)
T = TypeVar("T")

IDLE = 20.0
"""Seconds after its last work until the second process is ended."""

STARTS = 5.0
"""Seconds within which it is ready to read; after them nobody counts on it."""

KEPT = 3
"""Batches whose vectors wait for their gathering: some 4 MB each."""

_lock = RLock()
"""Whoever has been answered aside may ask again before the block ends."""
_beside: ReaderBeside | None = None
_used = _since = 0.0
_prepared: deque[tuple[dict[str, int], Prepared]] = deque(maxlen=KEPT)


def is_possible() -> bool:
    """Whether a second process would run beside this one, and nobody has switched it off."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return settings.READ_AHEAD and count > 1


def is_running() -> bool:
    """Whether the second process has been started."""
    return _beside is not None


def is_read_there(reader: Reader, texts: list[str]) -> bool:
    """Whether the second process is reading these texts, or will be as soon as it has started.
    The caller can then do other work first."""
    with _lock:
        if _beside is None or _beside.batch:
            return False
        _begin(reader, texts)
        if _beside is None or _beside.batch:
            return _beside is not None
        return not _beside.has_started and time.monotonic() - _since < STARTS


def ready(reader: Reader, texts: list[str]) -> int:
    """How many of these texts, from the first on, the second process has read or is reading; 0 when it has other
    texts."""
    if _beside is None or _beside.version != reader.version or _beside.encoder != live_place():
        return 0
    batch = _beside.batch
    return len(batch) if batch == texts[: len(batch)] else 0


def read(reader: Reader, now: list[str], later: list[str]) -> tuple[Readings, Written]:
    """The readings of `now`, and what is shown of them, read ahead or here; meanwhile the second process begins with
    `later`, if any."""
    with _lock:
        ready = _finished(reader, now)
        _begin(reader, later)
    if ready is None:
        here = reader.read(now)
        return here, written(here)
    if ready.passed:
        here = reader.read([now[i] for i in ready.passed])
        ready.readings.put(ready.passed, here)
        ready.written.put(ready.passed, written(here))
    _prepared.append(({text: i for i, text in enumerate(now)}, ready))
    return ready.readings, ready.written


def start(reader: Reader) -> None:
    """Have the second process ready before there is something to read: it takes a second or two to load."""
    with _lock:
        _start(reader)


def rest() -> None:
    """Nothing is left to read: end the second process soon, as later steps may still use it."""
    if _beside is not None and time.monotonic() - _used > IDLE:
        stop()


def stop() -> None:
    """End the second process and forget what it made."""
    with _lock:
        _prepared.clear()
        _close()


@contextmanager
def aside(
    work: Work, *arguments: Any, then: Task | None = None
) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """Start the pure function `work(live encoder, *arguments)` in the second process if that is idle.

    The block gets a function that waits for the result; its argument does the same work here if there is no such
    process. Nothing is read ahead meanwhile. `then` runs afterwards, to fill that process's caches.
    """
    with _lock:
        begun = _asked(Task(work, arguments), then)
        answered = False

        def result(here: Callable[[], Any]) -> Any:
            nonlocal answered
            answered = True
            found = _answered() if begun else None
            return here() if found is None else found

        try:
            yield result
        finally:
            if begun and not answered:
                _close()  # Its answer would be taken for another's.


def tell(task: Task) -> None:
    """Run a task in the second process, if that is idle, to fill its caches."""
    with _lock:
        try:
            if _beside is not None and _beside.encoder == live_place() and _beside.is_free():
                _beside.tell(task)
        except (EOFError, OSError):
            log.warning("The second process has ended.", exc_info=True)
            _close()


def _asked(task: Task, then: Task | None) -> bool:
    """Waits for what was to be done behind the last question: that is little, and what is asked now rests on it."""
    if _beside is None or _beside.encoder != live_place():
        return False
    try:
        if not _beside.is_free() and _beside.has_started:
            _beside.wait()
        if _beside.is_free():
            _beside.ask(task, then)
            return True
    except (EOFError, OSError):
        log.warning("The second reader has ended.", exc_info=True)
        _close()
    return False


def _answered() -> Any:
    """None when the process has failed."""
    try:
        return _beside.answer() if _beside is not None else None
    except (EOFError, OSError):
        log.warning("The second process has failed; its work is done here.", exc_info=True)
        _close()
        return None


def cleaned_and_encoded(texts: Sequence[str], encoder: Encoder) -> tuple[list[str], FloatArray]:
    """`clean` and the encoder's vectors of these texts; those that were read ahead with it have them already."""
    batches = [batch for batch in list(_prepared) if batch[1].encoder == encoder.name]
    cleaned, vectors = [""] * len(texts), np.zeros((len(texts), encoder.dimensions), np.float32)
    rest = list(range(len(texts)))
    for place, made in batches:
        known = [i for i in rest if texts[i] in place]
        rows = [place[texts[i]] for i in known]
        vectors[known] = made.vectors[rows]
        for i, row in zip(known, rows, strict=True):
            cleaned[i] = made.cleaned[row]
        rest = [i for i in rest if texts[i] not in place]
    for i in rest:
        cleaned[i] = clean(texts[i])
    vectors[rest] = encoder.encode([cleaned[i] for i in rest])
    return cleaned, vectors


def copies_marked(texts: Sequence[str]) -> list[Marks]:
    """`copy_marks` of these texts; those that were read ahead have them already."""
    known = _known(texts, lambda made: made.marks)
    return [known.get(text) or copy_marks(text) for text in texts]


def names_found(texts: Sequence[str], finder: EntityFinder) -> list[list[Entity]]:
    """What the finder finds in these texts; those that were read ahead with it have it already."""
    known = _known(texts, lambda made: made.named if made.finder == finder.version else None)
    rest = iter(finder.find([text for text in texts if text not in known]))
    return [known[text] if text in known else next(rest) for text in texts]


def _known(texts: Sequence[str], column: Callable[[Prepared], Sequence[T] | None]) -> dict[str, T]:
    """What the batches that were read ahead have of these texts, if they have such a column; the last batch first."""
    known: dict[str, T] = {}
    for place, made in reversed(list(_prepared)):
        if (values := column(made)) is not None:
            known.update((text, values[place[text]]) for text in texts if text in place)
            texts = [text for text in texts if text not in known]
    return known


def _finished(reader: Reader, now: list[str]) -> Prepared | None:
    """What was read ahead, if it is these texts and this reader; else that work is for nothing."""
    if _beside is None or not _beside.batch:
        return None
    wanted = _beside.version == reader.version and _beside.batch == now
    try:
        found = _beside.finish()
    except (EOFError, OSError):
        log.warning("The second reader has ended; its batch is read here.", exc_info=True)
        _close()
        return None
    return found if wanted else None


def _begin(reader: Reader, later: list[str]) -> None:
    """Let the second process read; started when first needed, which takes it a moment that nobody waits for."""
    if not later:
        return
    try:
        _start(reader)
        if _beside is not None and _beside.is_free():
            _beside.begin(later)
    except (EOFError, OSError):
        log.warning("The second reader has ended.", exc_info=True)
        _close()


def _start(reader: Reader) -> None:
    """Unless it runs, with this reader, and with the encoder and the names that are live."""
    global _beside, _used, _since  # noqa: PLW0603 one a process
    encoder, _used = live_place(), time.monotonic()
    wish = Wish(warm=USUAL, marks=True, written=True, names=live_finder().gazetteer.names, hasty=True)
    if _beside is not None and (_beside.version, _beside.encoder, _beside.wish) != (
        reader.version,
        encoder,
        wish,
    ):
        _close()
    if _beside is None:
        _beside, _since = ReaderBeside(reader, encoder, wish), time.monotonic()


def _close() -> None:
    global _beside  # noqa: PLW0603 as above
    if _beside is not None:
        _beside.close()
        _beside = None
