"""How sure a commit is. SQLite only: PostgreSQL forces each commit to disk by itself (docs/adr/0003)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def may_be_repeated() -> Iterator[None]:
    """Inside, a power cut may take the last commits back, never half of one: for work that can be done again.

    A killed process loses nothing either way.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    _force("NORMAL")
    try:
        yield
    finally:
        _force("FULL")


def _force(level: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={level}")
