"""Uploaded files, kept below the data folder for as long as their run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path, PurePath
from uuid import uuid4

from django.conf import settings

CHUNK = 1 << 20


def folder() -> Path:
    return Path(settings.DATA_FOLDER) / "imports"


def keep(chunks: Iterable[bytes], name: str) -> tuple[str, str, int]:
    """Write the bytes; (path below the folder, SHA-256, size). Never more than one chunk in memory."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    suffix = PurePath(name).suffix.lower()
    kept = f"{uuid4().hex}{suffix if suffix.isascii() and len(suffix) <= 8 else ''}"
    digest, size = hashlib.sha256(), 0
    with (folder() / kept).open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return kept, digest.hexdigest(), size


def place(kept: str) -> Path:
    return folder() / kept


def all_kept() -> list[Path]:
    return [path for path in folder().iterdir() if path.is_file()] if folder().is_dir() else []


def drop(kept: str) -> None:
    place(kept).unlink(missing_ok=True)


def lines(path: Path) -> int:
    """Line ends in the file: about its number of rows, at the speed of reading it."""
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b""))
