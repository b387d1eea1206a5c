"""The reader that is live: the shipped one, or one that learnt from corrections. Its file is only a copy of its rows."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from django.conf import settings

from pivotpoint.accounts.models import Installation
from pivotpoint.lib.files import written_whole
from pivotpoint.listening.learning.lessons import examples_until, lessons_until
from pivotpoint.listening.models import ModelVersion
from textanalytics.reading.reading import Context, Reader

_lock = Lock()
_loaded: tuple[tuple[str, Context], Reader] | None = None


def folder() -> Path:
    """Where readers that learnt are kept, below the data folder."""
    return Path(settings.DATA_FOLDER) / "readers"


def context(here: Installation | None = None) -> Context:
    """Who we are and who our rivals are, as the organisation says; `here` if its row has been read already."""
    here = here or Installation.here()
    return Context(names=tuple(here.brand_names or [here.name]), rivals=tuple(here.rival_names))


def live_reader(here: Installation | None = None) -> Reader:
    """Loaded once a process, and again as soon as another version is live or our names have changed."""
    global _loaded  # noqa: PLW0603 one reader a process: loading costs more than reading a message
    row = ModelVersion.objects.live()
    key = (row.path if row else "", context(here))
    with _lock:
        if _loaded is None or _loaded[0] != key:
            _loaded = key, _load(row, key[1])
        return _loaded[1]


def _load(row: ModelVersion | None, who: Context) -> Reader:
    """A version whose file is gone (a data folder restored without it), or was written by another version of the library,
    is made anew from its judgements."""
    if row is None or not row.path:
        return Reader(who)
    try:
        reader = Reader.load(folder() / row.path)
    except (FileNotFoundError, ValueError):
        return learnt(who, row)
    return reader if reader.context == who else Reader(who).learn(reader.corrections, reader.examples.told)


def learnt(who: Context, version: ModelVersion | None) -> Reader:
    """The shipped reader, taught what stands of what the version knows."""
    if version is None:
        return Reader(who)
    lessons = [lesson.taught for lesson in lessons_until(version.last_correction)]
    return Reader(who).learn(lessons, examples_until(version.last_example))


def keep(reader: Reader) -> None:
    with written_whole(folder() / f"{reader.version}.npz") as beside:
        reader.save(beside)


def tidy() -> None:
    """Only the live reader's file stays: the others hold customers' words, and their rows can make them anew."""
    live = ModelVersion.objects.live()
    for file in folder().glob("*.npz"):
        if live is None or file.name != live.path:
            file.unlink(missing_ok=True)
