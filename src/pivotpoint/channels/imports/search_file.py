"""Whether a kept file names somebody: its bytes are searched, at the speed of reading it, without regard to case."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

CHUNK = 1 << 20
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def names_any(path: Path, names: Iterable[str]) -> bool:
    """True when one of the names is in the file, or in a part of it when it is a workbook."""
    found = _finder(list(names))
    if not path.exists():
        return False
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            return found(file)
    with zipfile.ZipFile(path) as parts:
        return any(found(parts.open(part)) for part in parts.namelist())


def _finder(names: Sequence[str]) -> Callable[[IO[bytes]], bool]:
    spelled = {name for each in names for name in (each, escape(each))}
    needles = {name.encode(encoding).lower() for name in spelled for encoding in ENCODINGS}
    overlap = max((len(needle) for needle in needles), default=0)

    def found(file: IO[bytes]) -> bool:
        tail = b""
        while chunk := file.read(CHUNK):
            window = tail + chunk.lower()
            if any(needle in window for needle in needles):
                return True
            tail = window[-overlap:]
        return False

    return found
