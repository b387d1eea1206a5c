"""Read on all processors: batches go to readers in separate processes, and results come back in order.

A reading depends on the text and the corrections alone, so it makes no difference how many read, or who reads what.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from types import TracebackType

from textanalytics import encoders
from textanalytics.reading.process import Prepared, ReaderBeside, prepare
from textanalytics.reading.reading import Reader
from textanalytics.words.blas import processors

BATCH = 2_000


class Readers:
    """`processes` copies of the reader; with fewer than two, or until they have started, the texts are read here.

    `encoder` is the place that `encoders.named` loads. To be closed, or used in a `with`.
    """

    def __init__(self, reader: Reader, encoder: str = "", *, processes: int | None = None) -> None:
        self.reader, self.encoder = reader, encoders.named(encoder)
        count = processors() if processes is None else processes
        self._beside = [ReaderBeside(reader, encoder) for _ in range(count if count > 1 else 0)]

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def started(self) -> int:
        """The number of processes that are ready for texts. Does not wait."""
        return sum(one.is_free() for one in self._beside)

    def wait(self) -> None:
        """Wait until all have started, for measurements."""
        for one in list(self._beside):
            try:
                one.wait()
            except (EOFError, OSError):
                self._lose(one)

    def prepare(self, texts: Iterable[str]) -> Iterator[Prepared]:
        """Readings, cleaned texts and vectors, BATCH texts at a time and in their order. One caller at a time."""
        busy: deque[ReaderBeside] = deque()
        try:
            for batch in _batches(texts):
                done = None
                one = next((one for one in self._beside if one.is_free()), None)
                if one is None and busy:
                    one = busy.popleft()
                    done = self._finish(one)
                begun = one is not None and self._begin(one, batch)
                if begun and one is not None:
                    busy.append(one)
                if done is not None:
                    yield done
                if not begun:
                    while busy:
                        yield self._finish(busy.popleft())
                    yield prepare(self.reader, batch, self.encoder)
            while busy:
                yield self._finish(busy.popleft())
        finally:
            # Whoever stops half-way leaves them free for the next texts.
            for one in busy:
                self._finish(one)

    def close(self) -> None:
        for one in self._beside:
            one.close()
        self._beside = []

    def _begin(self, one: ReaderBeside, batch: list[str]) -> bool:
        """False when the process is gone."""
        if one not in self._beside:
            return False
        try:
            one.begin(batch)
        except OSError:
            self._lose(one)
            return False
        return True

    def _finish(self, one: ReaderBeside) -> Prepared:
        """What it made of its batch; read here when the process is gone."""
        batch = one.batch
        try:
            return one.finish()
        except (EOFError, OSError):
            self._lose(one)
            return prepare(self.reader, batch, self.encoder)

    def _lose(self, one: ReaderBeside) -> None:
        self._beside.remove(one)
        with suppress(OSError):
            one.close()


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    stream = iter(texts)
    while batch := list(islice(stream, BATCH)):
        yield batch
