"""New messages enter the index of words: in the transaction that stores them, and by a sweep for whatever else is said."""

from __future__ import annotations

from django.db import connection

from pivotpoint.channels.search import sqlite

MOST = 10_000


def index_new(limit: int = MOST) -> int:
    """Index what is not indexed yet, in a few statements; how many. PostgreSQL keeps its index by itself."""
    return sqlite.index_new(limit) if connection.vendor == "sqlite" else 0
