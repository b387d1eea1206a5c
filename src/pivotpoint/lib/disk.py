"""How durable a commit is. SQLite only: PostgreSQL flushes each commit to disk itself (docs/adr/0003)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

NORMAL = 1
"""SQLite's name for it: only the log's copying into the file is forced. 2 is FULL."""


@contextmanager
def may_be_repeated() -> Iterator[None]:
    """Inside this block a power cut may undo the last commits, but never half of one. For work that can be repeated.

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
