"""A reader in a process of its own: it reads one batch while the caller writes another, or works out a pure function.

A reading depends on the text and the corrections alone, and a vector on the text, so it makes no difference where they
are made. The process ends with its owner, also when that is killed, because the pipe between them ends then.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from textanalytics import encoders
from textanalytics.base import Encoder, FloatArray
from textanalytics.blas import one_thread
from textanalytics.classify import Heads
from textanalytics.corrections import Correction
from textanalytics.duplicates import Marks, copy_marks
from textanalytics.reading import Context, Example, Reader, Readings, shipped
from textanalytics.text import clean

READY = "ready"
USUAL = ("I want my money back for the broken lamp that I ordered from you 😡",)
WARM = ("Lorem ipsum dolor sit amet 😡",)
"""Reading these loads what every batch needs; and what a text needs whose language its words do not tell (75 MB, half a
second), too."""
SELDOM = 50_000


Work = Callable[..., Any]


@dataclass(frozen=True)
class Failed:
    why: str


@dataclass(frozen=True)
class Prepared:
    """What the other process made of a batch: readings, and what themes need (`clean` texts and their vectors)."""

    readings: Readings
    cleaned: list[str]
    vectors: FloatArray
    encoder: str
    marks: list[Marks]
    """`duplicates.copy_marks` of each text, if somebody wants them."""


@dataclass(frozen=True)
class Wish:
    """What to have loaded before saying ready, and whether to mark copies. Whoever has others wait for a reader wishes
    for the least: what is loaded late is loaded once."""

    warm: Sequence[str] = WARM
    marks: bool = False


class ReaderBeside:
    """`encoder` is the place that `encoders.named` loads. One batch at a time: `begin` when it `is_free`, then `finish`. `OSError` or `EOFError` when the process is gone."""

    def __init__(self, reader: Reader, encoder: str = "", wish: Wish = Wish()) -> None:
        own = None if reader.heads is shipped() else reader.heads
        spawn = multiprocessing.get_context("spawn")
        self._here, there = spawn.Pipe()
        self._process = spawn.Process(
            target=_serve,
            args=(there, (reader.context, reader.corrections, reader.examples.told, own), encoder, wish),
            daemon=True,
        )
        self._process.start()
        there.close()
        self._free = False
        self.version, self.encoder = reader.version, encoder
        self.batch: list[str] = []
        """The texts that it is reading; empty when it is not."""

    def is_free(self) -> bool:
        """Whether it has started and has nothing to do. Never waits."""
        if not self._free and not self.batch and self._here.poll():
            self._free = self._here.recv() == READY
        return self._free

    def wait(self) -> None:
        """Until it has started."""
        if not self._free and not self.batch:
            self._free = self._here.recv() == READY

    def begin(self, texts: Sequence[str]) -> None:
        """Let it read these. Only when it is free: then it takes them off the pipe at once."""
        self._free = False
        self.batch = list(texts)
        self._here.send(self.batch)

    def finish(self) -> Prepared:
        """What it made of the batch; waits for it."""
        found = self._here.recv()
        self.batch, self._free = [], True
        if not isinstance(found, Prepared):
            raise OSError(f"The other reader failed: {found}")
        return found

    def ask(self, work: Work, *arguments: Any) -> None:
        """Let it call `work(its encoder, *arguments)`, a function of this library. Only when it is free."""
        self._free = False
        self._here.send((work, arguments))

    def answer(self) -> Any:
        """What came of it; waits for it."""
        found = self._here.recv()
        self._free = True
        if isinstance(found, Failed):
            raise OSError(f"The other process failed: {found.why}")
        return found

    def close(self) -> None:
        self._here.close()
        self._process.terminate()
        self._process.join()


def prepare(
    reader: Reader, texts: Sequence[str], encoder: Encoder | None = None, *, marks: bool = False
) -> Prepared:
    """Read and encode, here; by the shipped encoder if none is given."""
    cleaned = [clean(text) for text in texts]
    encoder = encoder or encoders.default()
    marked = [copy_marks(text) for text in texts] if marks else []
    return Prepared(reader.read(texts), cleaned, encoder.encode(cleaned), encoder.name, marked)


Taught = tuple[Context, Sequence[Correction], Sequence[Example], Heads | None]


def _serve(pipe: Connection, taught: Taught, place: str, wish: Wish) -> None:
    """What the other process does until its owner closes the pipe or is gone. Ctrl-C is the owner's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with one_thread():
            who, corrections, examples, heads = taught
            reader = Reader(who, corrections=corrections, examples=examples, heads=heads)
            encoder = encoders.named(place)
            prepare(reader, wish.warm, encoder, marks=wish.marks)
            gc.freeze()
            # A batch makes tens of thousands of small objects that all stay until it is sent.
            gc.set_threshold(SELDOM)
            pipe.send(READY)
            while True:
                pipe.send(_answer(reader, encoder, pipe.recv(), marks=wish.marks))
    except (EOFError, OSError, ValueError):
        return


def _answer(
    reader: Reader, encoder: Encoder, asked: list[str] | tuple[Work, tuple[Any, ...]], *, marks: bool
) -> Any:
    try:
        if isinstance(asked, list):
            return prepare(reader, asked, encoder, marks=marks)
        work, arguments = asked
        return work(encoder, *arguments)
    except Exception as fault:  # noqa: BLE001 the owner does the work itself and meets the same fault there
        return Failed(repr(fault))
