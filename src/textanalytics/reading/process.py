"""A reader in a separate process: it reads one batch while the caller writes another, or runs a pure function.

A reading depends on the text and the corrections alone, and a vector on the text, so it makes no difference where they
are made. The process ends with its owner, also when that is killed, because the pipe between them ends then.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from textanalytics import encoders
from textanalytics.base import Encoder, FloatArray
from textanalytics.duplicates import Marks, copy_marks
from textanalytics.entities import Entity, EntityFinder
from textanalytics.language import HastyAnalyser, identifier
from textanalytics.mentions.gazetteer import Name
from textanalytics.reading.corrections import Correction
from textanalytics.reading.heads import Heads
from textanalytics.reading.reading import Context, Example, Reader, shipped
from textanalytics.reading.readings import Readings
from textanalytics.reading.written import Written, written
from textanalytics.text import clean
from textanalytics.words.blas import one_thread_for_good

READY = "ready"
USUAL = ("I want my money back for the broken lamp that I ordered from you 😡",)
WARM = ("Lorem ipsum dolor sit amet 😡",)
"""Reading these loads what every batch needs; and what a text needs whose language its words do not tell (75 MB, most of
a second), too."""
FEW = 0.01
"""Share of a batch for which that is not worth loading: the owner, who is there for longer, reads these."""
SELDOM = 50_000


Work = Callable[..., Any]


@dataclass(frozen=True)
class Task:
    """To call `work(encoder, *arguments)`, a function of this library."""

    work: Work
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Question:
    """`task`, whose result is awaited, and `then`, which runs after it only for what it leaves in memory."""

    task: Task | None
    then: Task | None = None


@dataclass(frozen=True)
class Failed:
    why: str


@dataclass(frozen=True)
class Prepared:
    """What the other process made of a batch: readings, and what themes need (`clean` texts and their vectors)."""

    readings: Readings
    written: Written
    """What is shown of the readings, if somebody wants that: then their evidence is here only."""
    cleaned: list[str]
    vectors: FloatArray
    encoder: str
    marks: list[Marks]
    """`duplicates.copy_marks` of each text, if somebody wants them."""
    named: list[list[Entity]]
    """What each text names, if somebody wants that; `finder` is the version of who found it."""
    finder: str
    passed: list[int]
    """Texts whose readings are the owner's to make: few, and dear to read here."""


@dataclass(frozen=True)
class Wish:
    """What to have loaded before saying ready, whether to mark copies, whether to write down what is shown of readings, the
    organisation's names if what texts name is to be found, and whether to pass over what is dear. Whoever has others wait for
    a reader wishes for the least: what is loaded late is loaded once."""

    warm: Sequence[str] = WARM
    marks: bool = False
    written: bool = False
    names: tuple[Name, ...] | None = None
    hasty: bool = False


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
        self.has_started = False
        self._due = 1
        """How often it has yet to say READY: when it has started, and when it has done what nobody waits for."""
        self._asked = False
        self.version, self.encoder, self.wish = reader.version, encoder, wish
        self.batch: list[str] = []
        """The texts that it is reading; empty when it is not."""

    def is_free(self) -> bool:
        """Whether it has started and has nothing to do. Never waits."""
        if self.batch or self._asked:
            return False
        while self._due and self._here.poll():
            self._hear()
        return not self._due

    def wait(self) -> None:
        """Until it has started, and done what nobody waits for."""
        while self._due and not (self.batch or self._asked):
            self._hear()

    def _hear(self) -> None:
        if self._here.recv() == READY:
            self._due, self.has_started = self._due - 1, True

    def begin(self, texts: Sequence[str]) -> None:
        """Let it read these. Only when it is free: then it takes them off the pipe at once."""
        self.batch = list(texts)
        self._here.send(self.batch)

    def finish(self) -> Prepared:
        """What it made of the batch; waits for it."""
        found = self._here.recv()
        self.batch = []
        if not isinstance(found, Prepared):
            raise OSError(f"The other reader failed: {found}")
        return found

    def ask(self, task: Task, then: Task | None = None) -> None:
        """Only when it is free: then it takes both off the pipe at once."""
        self._asked = True
        self._due += then is not None
        self._here.send(Question(task, then))

    def tell(self, task: Task) -> None:
        """Let it do what nobody waits for. Only when it is free."""
        self._due += 1
        self._here.send(Question(None, task))

    def answer(self) -> Any:
        """What came of it; waits for it."""
        found = self._here.recv()
        self._asked = False
        if isinstance(found, Failed):
            raise OSError(f"The other process failed: {found.why}")
        return found

    def close(self) -> None:
        self._here.close()
        self._process.terminate()
        self._process.join()


def prepare(
    reader: Reader,
    texts: Sequence[str],
    encoder: Encoder | None = None,
    *,
    marks: bool = False,
    finder: EntityFinder | None = None,
) -> Prepared:
    """Read and encode, here; by the shipped encoder if none is given."""
    cleaned = [clean(text) for text in texts]
    encoder = encoder or encoders.default()
    readings, passed = _read(reader, texts)
    return Prepared(
        readings=readings,
        written=Written([], []),
        cleaned=cleaned,
        vectors=encoder.encode(cleaned),
        encoder=encoder.name,
        marks=[copy_marks(text) for text in texts] if marks else [],
        named=finder.find(texts) if finder else [],
        finder=finder.version if finder else "",
        passed=passed,
    )


def _read(reader: Reader, texts: Sequence[str]) -> tuple[Readings, list[int]]:
    """The readings, and which of them do not count because the reader is hasty."""
    readings = reader.read(texts)
    hasty = reader.languages
    if not isinstance(hasty, HastyAnalyser) or not hasty.passed:
        return readings, []
    passed = [i for i, text in enumerate(texts) if text in hasty.passed]
    hasty.passed.clear()
    if len(passed) <= FEW * len(texts):
        return readings, passed
    identifier()
    readings.put(passed, reader.read([texts[i] for i in passed]))
    return readings, []


Taught = tuple[Context, Sequence[Correction], Sequence[Example], Heads | None]


def _serve(pipe: Connection, taught: Taught, place: str, wish: Wish) -> None:
    """What the other process does until its owner closes the pipe or is gone. Ctrl-C is the owner's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        one_thread_for_good()
        loaded = _load(taught, place, wish)
        collect_seldom()
        pipe.send(READY)
        while True:
            _work(loaded, pipe)
    except (EOFError, OSError, ValueError):
        return


@dataclass(frozen=True)
class _Loaded:
    """What the other process works with."""

    reader: Reader
    encoder: Encoder
    finder: EntityFinder | None
    marks: bool
    written: bool

    def prepare(self, texts: Sequence[str]) -> Prepared:
        made = prepare(self.reader, texts, self.encoder, marks=self.marks, finder=self.finder)
        if not self.written:
            return made
        return replace(made, readings=replace(made.readings, evidence=[]), written=written(made.readings))


def collect_seldom() -> None:
    """A batch makes tens of thousands of small objects that all stay until it is sent: looking for garbage among them is in
    vain. What is loaded by now is never looked at again."""
    gc.freeze()
    gc.set_threshold(SELDOM)


def _load(taught: Taught, place: str, wish: Wish) -> _Loaded:
    who, corrections, examples, heads = taught
    reader = Reader(who, corrections=corrections, examples=examples, heads=heads)
    if wish.hasty:
        reader.languages = HastyAnalyser()
    finder = EntityFinder(wish.names) if wish.names is not None else None
    loaded = _Loaded(reader, encoders.named(place), finder, wish.marks, wish.written)
    loaded.prepare(wish.warm)
    return loaded


def _work(loaded: _Loaded, pipe: Connection) -> None:
    asked: list[str] | Question = pipe.recv()
    if isinstance(asked, list):
        pipe.send(_answer(partial(loaded.prepare, asked)))
        return
    if asked.task is not None:
        pipe.send(_answer(partial(asked.task.work, loaded.encoder, *asked.task.arguments)))
    if asked.then is not None:
        _answer(partial(asked.then.work, loaded.encoder, *asked.then.arguments))
        pipe.send(READY)


def _answer(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except Exception as fault:  # noqa: BLE001 the owner does the work itself and meets the same fault there
        return Failed(repr(fault))
