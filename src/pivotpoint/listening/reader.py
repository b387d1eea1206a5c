"""The reader that is live: the shipped one, or the last one that learnt from corrections."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from django.conf import settings

from pivotpoint.accounts.models import Installation
from pivotpoint.listening.models import ModelVersion
from textanalytics.reading import Context, Reader

_lock = Lock()
_loaded: tuple[tuple[str, Context], Reader] | None = None


def folder() -> Path:
    """Where readers that learnt are kept, below the data folder."""
    return Path(settings.DATA_FOLDER) / "readers"


def context() -> Context:
    """Who we are and who our rivals are, as the organisation says."""
    here = Installation.here()
    return Context(names=tuple(here.brand_names or [here.name]), rivals=tuple(here.rival_names))


def live_reader() -> Reader:
    """Loaded once a process, and again as soon as another version is live or our names have changed."""
    global _loaded  # noqa: PLW0603 one reader a process: loading costs more than reading a message
    row = ModelVersion.objects.first()
    key = (row.path if row else "", context())
    with _lock:
        if _loaded is None or _loaded[0] != key:
            _loaded = key, _load(*key)
        return _loaded[1]


def _load(path: str, who: Context) -> Reader:
    """A version whose file is gone (a data folder restored without it) reads as the shipped one, until it learns anew."""
    saved = folder() / path
    if not path or not saved.exists():
        return Reader(who)
    reader = Reader.load(saved)
    return reader if reader.context == who else Reader(who).learn(reader.memory.corrections)
