"""How sure a commit is. SQLite only: PostgreSQL forces each commit to disk by itself (docs/adr/0003)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

NORMAL = 1
"""SQLite's name for it: only the log's copying into the file is forced. 2 is FULL."""


@contextmanager
def may_be_repeated() -> Iterator[None]:
    """Inside, a power cut may take the last commits back, never half of one: for work that can be done again.

    A killed process loses nothing either way.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    before = _forced()
    _force(min(before, NORMAL))
    try:
        yield
    finally:
        _force(before)


def _forced() -> int:
    """How sure commits are now; whoever is inside of another such piece of work leaves it as it was."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return int(cursor.fetchone()[0])


def _force(level: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={level}")
