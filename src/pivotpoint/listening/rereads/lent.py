"""The files that a run reads with, as rows: workers on other machines have no folder in common with us.

They hold words that people judged, so they are there only while a cluster reads, and an erasure makes them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from django.db import transaction

from pivotpoint.listening.models import LentFile, Reread
from pivotpoint.listening.rereads.chunks import reader_path, tagger_paths
from textanalytics.reading.reading import Reader
from textanalytics.taught.several.tagger import Tagger

READER = "reader"
Loaded = tuple[Reader, list[Tagger]]
_loaded: tuple[tuple[object, ...], Loaded] | None = None


class CannotRead(Exception):
    """What is missing on this worker, in one sentence."""


@contextmanager
def lending(run: Reread) -> Iterator[None]:
    """Inside, workers can read with what this process would read with."""
    with transaction.atomic():
        LentFile.objects.filter(run=run).delete()
        _put(run, READER, reader_path(run), Reader.load(reader_path(run)).version)
        for path, version in zip(tagger_paths(run), run.taggers, strict=True):
            _put(run, version, path, version)
    try:
        yield
    finally:
        take_back(run)


def take_back(run: Reread) -> None:
    LentFile.objects.filter(run=run).delete()


def renew(run: Reread) -> None:
    """The run's reader was made anew; those who have it must load it again."""
    if LentFile.objects.filter(run=run, name=READER).exists():
        LentFile.objects.filter(run=run, name=READER).delete()
        _put(run, READER, reader_path(run), Reader.load(reader_path(run)).version)


def _put(run: Reread, name: str, path: Path, version: str) -> None:
    LentFile.objects.create(run=run, name=name, version=version, content=path.read_bytes())


def loaded(run: int) -> Loaded:
    """On a worker: loaded once, and again when a file was made anew. One at a time calls it."""
    global _loaded  # noqa: PLW0603 one a process
    rows = LentFile.objects.filter(run=run).order_by("pk")
    key = tuple(rows.values_list("pk", flat=True))
    if not key:
        raise CannotRead("A worker does not find the run: its DATABASE_URL leads to another database.")
    if _loaded is None or _loaded[0] != key:
        _loaded = key, _load(list(rows))
    return _loaded[1]


def _load(rows: list[LentFile]) -> Loaded:
    first, *others = sorted(rows, key=lambda row: row.name != READER)
    reader = Reader.load(BytesIO(first.content))
    taggers = [Tagger.load(BytesIO(row.content)) for row in others]
    if [reader.version, *(one.version for one in taggers)] != [row.version for row in (first, *others)]:
        raise CannotRead("A worker has another release of Pivotpoint; install the same one there.")
    return reader, taggers


def forget_loaded() -> None:
    global _loaded  # noqa: PLW0603 as above
    _loaded = None
