"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident


@contextmanager
def written_whole(place: Path) -> Iterator[Path]:
    """A path to write to, which takes `place` at the end: a kill leaves no half of a file there, and two who write the
    same at once do not meet. Its folder is made, for our own user alone."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = place.with_name(f"{place.name}.{os.getpid()}-{get_ident()}.new")
    try:
        yield beside
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
